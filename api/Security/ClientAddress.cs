using System.Net;
using System.Net.Sockets;

namespace OrleansTrader.Api.Security;

/// <summary>Where a request comes from; behind a known proxy what that says.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>Null where nobody knows.</summary>
    public static IPAddress? Of(HttpContext context) => context.Connection.RemoteIpAddress is { } address ? Plain(address) : null;

    public static string TextOf(HttpContext context) => Of(context)?.ToString() ?? "nowhere";

    /// <summary>What attempts are counted by: of IPv6 the network of 64 bits, all of which one customer has.</summary>
    public static string GroupOf(HttpContext context) => Of(context) is { } address ? GroupOf(address).ToString() : TextOf(context);

    /// <inheritdoc cref="GroupOf(HttpContext)"/>
    public static IPAddress GroupOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address)) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    /// <summary>As an address of IPv4 where it is one in the form of IPv6, as a listener on both has it.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>A sender that is not known is not one to trust.</summary>
    public static bool IsThisMachine(HttpContext context) => Of(context) is { } sender && IPAddress.IsLoopback(sender);
}
