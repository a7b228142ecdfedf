using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Api.Security;

/// <summary>The addresses to listen on: of this machine only, as long as there is no login.</summary>
internal static class LoopbackUrls
{
    private const string Form = "it must be http, host and port, such as http://127.0.0.1:5080";

    /// <exception cref="SettingsException">An address is none, or can be reached from elsewhere.</exception>
    public static string[] Of(string urls)
    {
        var list = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (list.Length == 0) throw new SettingsException($"urls is '{urls}'; {Form}.");
        foreach (var url in list)
        {
            if (ProblemOf(url) is { } problem) throw new SettingsException($"urls is '{url}'{problem}.");
        }

        return list;
    }

    /// <summary>The web server has addresses of its own in its settings, which would be opened instead.</summary>
    /// <exception cref="SettingsException">It has.</exception>
    public static void RefuseOthers(IConfiguration configuration)
    {
        if (configuration.GetSection("Kestrel").GetChildren().Any())
            throw new SettingsException("Kestrel is set, in the environment or elsewhere, and could open this service to others; leave it out and set urls, such as http://127.0.0.1:5080.");
    }

    private static string? ProblemOf(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return $"; {Form}";
        if (address.Scheme is "https") return "; it must begin with http://, since no certificate is set up and nothing leaves this machine";
        if (address.Scheme is not "http" || address.UserInfo.Length > 0) return $"; {Form}";
        if (address.PathAndQuery is not "/" || address.Fragment.Length > 0) return "; it must end with the port, without a path";
        if (!LoopbackOnly.IsThisMachine(address.Host)) return ", which others could reach; without a login it must be 127.0.0.1, localhost or [::1]";
        return address is { Port: 0, Host: not ("127.0.0.1" or "[::1]") } ? "; a free port of its own choice (0) it can take on 127.0.0.1 or [::1] only" : null;
    }
}
