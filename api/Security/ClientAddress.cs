using System.Net;
using System.Net.Sockets;

namespace OrleansTrader.Api.Security;

/// <summary>Where a request comes from; behind a known proxy what that says.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>Null where nobody knows.</summary>
    public static IPAddress? Of(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;

    public static string TextOf(HttpContext context) => Of(context)?.ToString() ?? "nowhere";

    /// <summary>What attempts are counted by: of IPv6 the network of 64 bits, all of which one customer has.</summary>
    public static string GroupOf(HttpContext context)
    {
        if (Of(context) is not { AddressFamily: AddressFamily.InterNetworkV6 } address) return TextOf(context);
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes).ToString();
    }

    /// <summary>A sender that is not known is not one to trust.</summary>
    public static bool IsThisMachine(HttpContext context) => Of(context) is { } sender && IPAddress.IsLoopback(sender);
}
