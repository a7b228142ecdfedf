using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Hosting;

/// <summary>What the owner gives to open what is sealed: a file of the settings, or the environment.</summary>
internal static class OwnerKey
{
    public const string Variable = "TRADER_KEY";

    /// <returns>Null where neither is given.</returns>
    /// <exception cref="SecretException">The file cannot be read, or what is given is no key.</exception>
    public static KeyMaterial? Find(StateSettings settings)
    {
        if (settings.KeyFile.Length > 0) return KeyMaterial.Read(Read(settings.KeyFile), settings.KeyFile);
        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? KeyMaterial.Parse(text, Variable) : null;
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
