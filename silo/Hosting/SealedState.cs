using OrleansTrader.Adapters.Journal;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Hosting;

/// <summary>The master keys of sealed state, which open with what the owner gives.</summary>
public static class SealedState
{
    /// <summary>Whether there is a file of master keys.</summary>
    /// <exception cref="SecretException">There is none, and something is sealed: it was lost, and another one in its place would hide that.</exception>
    public static bool HasKeys(StateLayout layout)
    {
        if (new SecretStore(layout.Seal, TimeProvider.System).Exists) return true;
        return SealedFiles.First(layout.Journal, layout.Snapshots) is { } file
            ? throw new SecretException($"{file} is sealed, and {layout.Seal}, which has the master keys, is gone; nothing was changed. Restore it from a backup: without it nobody can read what is sealed, while 'trader journal verify' still tells whether it is whole. To begin anew without it, move {layout.Journal} and {layout.Snapshots} away.")
            : false;
    }

    /// <returns>Null where nothing is sealed and nothing is to be.</returns>
    /// <exception cref="SecretException">There is no key, or another one than that with which the state was sealed, or the master keys are lost; nothing was changed.</exception>
    /// <param name="isSaid">Whether the settings say that sealing is on or off: what was sealed goes on in the clear only where somebody wants it.</param>
    internal static StateSeal? Open(StateSettings settings, StateLayout layout, bool isSaid)
    {
        var isSealed = HasKeys(layout);
        if (isSealed && !isSaid)
            throw new SecretException($"The state in {layout.Folder} is sealed, and State:Encrypt is not set; set it to true to go on so, or to false to write what comes from now on in the clear.");
        if (settings.KeyFile.Length > 0 && !File.Exists(settings.KeyFile)) throw new SecretException($"The key file {settings.KeyFile} (State:KeyFile) cannot be read: there is no such file.");
        if (!isSealed && !settings.Encrypt) return null;
        var owner = OwnerKey.Find(settings)
            ?? throw new SecretException($"The state in {layout.Folder} is {(isSealed ? "sealed" : "to be sealed")} and no key is given; set State:KeyFile to a file that has it, or {OwnerKey.Variable}.");
        return Task.Run(() => StateSeal.OpenAsync(layout.Seal, owner, TimeProvider.System)).GetAwaiter().GetResult();
    }
}
