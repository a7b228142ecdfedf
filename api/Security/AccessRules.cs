using System.Net;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Api.Security;

/// <summary>Where the service listens and by whom it may be reached: by its own machine alone, or by others who log in over a line that nobody reads.</summary>
internal sealed record AccessRules
{
    private const string Form = "it must be http or https, an address of this machine and a port, such as http://127.0.0.1:5080";
    private const string SetPassword = "and nobody would have to log in; set a password with 'trader access password' first";

    private static readonly string[] NamesOfThisMachine = ["127.0.0.1", "[::1]", "localhost"];
    private static readonly string[] Everywhere = ["0.0.0.0", "[::]"];

    /// <summary>Where it listens.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The names by which it may be called.</summary>
    public required IReadOnlySet<string> Hosts { get; init; }

    /// <summary>Who is believed that a request comes from elsewhere.</summary>
    public required IReadOnlyList<IPNetwork> Proxies { get; init; }

    /// <summary>Requests from other machines may come unencrypted.</summary>
    public required bool IsPlainAllowed { get; init; }

    /// <summary>Others can reach it, so that everybody logs in.</summary>
    public required bool IsOpenToOthers { get; init; }

    /// <param name="urls">Separated by semicolons.</param>
    /// <param name="hasCredentials">There is a password or a token.</param>
    /// <exception cref="SettingsException">An address is none, or others could reach it without a login, in the clear or by any name.</exception>
    public static AccessRules Make(string urls, AccessSettings settings, bool hasCredentials)
    {
        var list = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (list.Length == 0) throw new SettingsException($"urls is '{urls}'; {Form}.");
        var proxies = settings.ProxyNetworks;
        foreach (var url in list)
        {
            if (ProblemOf(url, settings, proxies.Count > 0, hasCredentials) is { } problem) throw new SettingsException($"urls is '{url}'{problem}.");
        }

        var hosts = list.Select(url => new Uri(url).Host).ToList();
        if (ProblemOf(settings, hosts, list, proxies.Count > 0, hasCredentials) is { } other) throw new SettingsException(other);
        return new AccessRules
        {
            Urls = list,
            Hosts = new HashSet<string>([.. NamesOfThisMachine, .. hosts.Except(Everywhere, StringComparer.Ordinal), .. settings.HostList], StringComparer.OrdinalIgnoreCase),
            Proxies = proxies,
            IsPlainAllowed = settings.PlainHttp,
            IsOpenToOthers = proxies.Count > 0 || !hosts.TrueForAll(IsThisMachine),
        };
    }

    /// <summary>The web server has addresses of its own in its settings, which would be opened instead.</summary>
    /// <exception cref="SettingsException">It has.</exception>
    public static void RefuseOthers(IConfiguration configuration)
    {
        if (configuration.GetSection("Kestrel").GetChildren().Any())
            throw new SettingsException("Kestrel is set, in the environment or elsewhere, and could open this service to others; leave it out and set urls, such as http://127.0.0.1:5080.");
    }

    private static bool IsThisMachine(string host) => NamesOfThisMachine.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static string? ProblemOf(string url, AccessSettings settings, bool hasProxies, bool hasCredentials)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0) return $"; {Form}";
        if (address.PathAndQuery is not "/" || address.Fragment.Length > 0) return "; it must end with the port, without a path";
        // The web server takes a name for every address that this machine has.
        if (!IsThisMachine(address.Host) && address.HostNameType is UriHostNameType.Dns) return $"; {Form}, or 0.0.0.0 for all of them";
        if (address is { Port: 0, Host: "localhost" }) return "; a free port of its own choice (0) it can take on an address such as 127.0.0.1 only";
        if (address.Scheme is "https" && settings.Certificate.Length == 0) return "; it must begin with http://, since no certificate is set (Access:Certificate)";
        if (IsThisMachine(address.Host)) return null;
        if (!hasCredentials) return $", which others could reach, {SetPassword}, or listen on 127.0.0.1, localhost or [::1]";
        return address.Scheme is "https" || hasProxies || settings.PlainHttp
            ? null
            : ", which others could reach in the clear; set Access:Certificate and begin with https://, or Access:KnownProxies where a proxy encrypts, or Access:PlainHttp=true where everybody in the network may read the password";
    }

    private static string? ProblemOf(AccessSettings settings, List<string> hosts, string[] urls, bool hasProxies, bool hasCredentials)
    {
        if (hasProxies && !hasCredentials) return $"Access:KnownProxies is set, so that others reach this service, {SetPassword}.";
        if (settings.Certificate.Length > 0 && !urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
            return "Access:Certificate is set, but no address begins with https://; set urls, such as https://0.0.0.0:5443.";
        return settings.HostList.Count == 0 && (hasProxies || hosts.Exists(host => Everywhere.Contains(host, StringComparer.Ordinal)))
            ? "Access:Hosts is empty; it must have the names by which others call this service, such as trader.example, so that no other name leads to it."
            : null;
    }
}
