using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Adapters.Secrets;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Hosting;

/// <summary>The owner's key pair for the exchange, out of the sealed secrets and nowhere else.</summary>
internal static class BinanceKeys
{
    /// <exception cref="SecretException">The secrets cannot be opened, or lack one of the two.</exception>
    /// <exception cref="BinanceKeyException">What is there is no key pair of the exchange.</exception>
    public static ApiCredentials Open(TraderSettings settings, StateLayout state)
    {
        var mode = SettingForms.WordOf(settings.Account.Mode.ToString());
        var store = new SecretStore(state.Secrets, TimeProvider.System);
        var (key, secret) = (settings.Binance.Key, settings.Binance.Secret);
        if (!store.Exists) throw Missing(key);
        var owner = OwnerKey.Find(settings.State)
            ?? throw new SecretException($"Account:Mode is '{mode}' and the API key of Binance lies sealed in {state.Secrets}, which nothing is given to open; set {OwnerKey.Variable} to the key or passphrase of the secrets, or State:KeyFile to a file that has it.");
        var all = store.ReadAsync(owner).GetAwaiter().GetResult();
        return ApiCredentials.From(ValueOf(key), ValueOf(secret));

        string ValueOf(string name) => all.TryGetValue(name, out var known) ? known.Value : throw Missing(name);

        SecretException Missing(string name) =>
            new($"Account:Mode is '{mode}' and there is no secret {name} in {state.Secrets}; store API key and secret with 'trader secrets set {key} --state {state.Folder}' and 'trader secrets set {secret} --state {state.Folder}'.");
    }
}
