using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace OrleansTrader.Silo.Settings;

/// <summary>How page and API are reached from other machines; of no meaning while they listen on this one alone.</summary>
public sealed class AccessSettings
{
    public const string Section = "Access";

    /// <summary>Certificate in PEM, with those between it and its root; empty for none. Default none.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>Its private key in PEM, without a passphrase; empty where the certificate's file has it. Default none.</summary>
    public string CertificateKey { get; init; } = "";

    /// <summary>Names by which it is called, separated by commas, beside those of this machine and the addresses it listens on.</summary>
    [RegularExpression(@"\s*[A-Za-z0-9.-]{1,253}(\s*,\s*[A-Za-z0-9.-]{1,253})*\s*", ErrorMessage = "names of hosts separated by commas, such as trader.example")]
    public string Hosts { get; init; } = "";

    /// <summary>Addresses or networks of proxies, separated by commas, that are believed who sent a request and whether by https.</summary>
    public string KnownProxies { get; init; } = "";

    /// <summary>True takes requests from other machines that are not encrypted: only in a network whose every member may read the password. Default false.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>After so many minutes a login ends. Default 720.</summary>
    [Range(1, 43_200)]
    public int SessionMinutes { get; init; } = 720;

    public IReadOnlyList<string> HostList => Split(Hosts);

    /// <summary>The proxies as networks; an address is a network of its own.</summary>
    /// <exception cref="SettingsException">One is neither an address nor a network, or is the whole world.</exception>
    public IReadOnlyList<IPNetwork> ProxyNetworks => [.. Split(KnownProxies).Select(NetworkOf)];

    /// <summary>This group alone, for what has to be known before the service is built.</summary>
    /// <exception cref="SettingsException">A setting of it is wrong.</exception>
    public static AccessSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = reader.Read<AccessSettings>(Section);
        reader.ThrowIfAny();
        return settings;
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IPNetwork NetworkOf(string text)
    {
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        if (!IPNetwork.TryParse(text, out var network)) throw new SettingsException($"{Section}:{nameof(KnownProxies)} has '{text}'; it must be addresses or networks separated by commas, such as 127.0.0.1 or 10.0.0.0/8.");
        return network.PrefixLength > 0 ? network : throw new SettingsException($"{Section}:{nameof(KnownProxies)} has '{text}', by which everybody would be believed who they say they are; name the proxy's own address or network.");
    }
}
