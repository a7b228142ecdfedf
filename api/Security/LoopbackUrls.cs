using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Api.Security;

/// <summary>The addresses to listen on: of this machine only, as long as there is no login.</summary>
internal static class LoopbackUrls
{
    /// <exception cref="SettingsException">An address is none, or can be reached from elsewhere.</exception>
    public static string[] Of(string urls)
    {
        var list = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in list)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                throw new SettingsException($"urls is '{url}'; it must be an address such as http://127.0.0.1:5080.");
            if (!address.IsLoopback)
                throw new SettingsException($"urls is '{url}', which others could reach; without a login it must be 127.0.0.1, localhost or [::1].");
        }

        return list;
    }
}
