using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Opens the keys of sealed state with what the owner gives.</summary>
internal static class SealedState
{
    private const string Variable = "TRADER_KEY";

    /// <returns>Null where nothing is sealed and nothing is to be.</returns>
    /// <exception cref="SecretException">There is no key, or another one than that with which the state was sealed; nothing was changed.</exception>
    public static StateSeal? Open(StateSettings settings, StateLayout layout)
    {
        if (!settings.Encrypt && !File.Exists(layout.Seal)) return null;
        var owner = settings.KeyFile.Length > 0
            ? KeyMaterial.Read(Read(settings.KeyFile), settings.KeyFile)
            : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
                ? KeyMaterial.Parse(text, Variable)
                : throw new SecretException($"The state in {layout.Folder} is sealed and no key is given; set State:KeyFile to a file that has it, or {Variable}.");
        return Task.Run(() => StateSeal.OpenAsync(layout.Seal, owner, TimeProvider.System)).GetAwaiter().GetResult();
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new SecretException($"The key file {path} (State:KeyFile) cannot be read: {failed.Message.TrimEnd('.')}.", failed);
        }
    }
}
