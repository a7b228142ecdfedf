using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Hosting;

/// <summary>The database of the settings.</summary>
public static class StoreServer
{
    /// <summary>The server of the settings, with the password from the owner's secrets where the settings have none.</summary>
    /// <exception cref="StoreException">The setting is no connection string.</exception>
    /// <exception cref="SecretException">The secrets cannot be opened.</exception>
    public static PostgresServer Open(StoreSettings settings, StateLayout state) => new(PostgresServer.WithPassword(settings.Trader, () => PasswordIn(state)));

    private static string? PasswordIn(StateLayout state)
    {
        var secrets = new SecretStore(state.Secrets, TimeProvider.System);
        if (!secrets.Exists || Environment.GetEnvironmentVariable(OwnerKey.Variable) is not { Length: > 0 } text) return null;
        var all = secrets.ReadAsync(KeyMaterial.Parse(text, OwnerKey.Variable)).GetAwaiter().GetResult();
        return all.TryGetValue(PostgresServer.PasswordSecret, out var secret) ? secret.Value : null;
    }
}
