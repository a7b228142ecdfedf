using System.ComponentModel.DataAnnotations;

namespace OrleansTrader.ExchangeSimulator.Limits;

/// <summary>How much one may ask of the exchange; the windows begin with the minute, ten seconds, and day of its clock.</summary>
public sealed class LimitOptions
{
    /// <summary>Per address and minute. Default 6,000.</summary>
    [Range(1, int.MaxValue)]
    public int RequestWeight { get; set; } = 6000;

    /// <summary>Requests per address and five minutes. Default 300,000.</summary>
    [Range(1, int.MaxValue)]
    public int RawRequests { get; set; } = 300_000;

    /// <summary>Unfilled orders per account and ten seconds. Default 100.</summary>
    [Range(1, int.MaxValue)]
    public int OrdersPer10Seconds { get; set; } = 100;

    /// <summary>Unfilled orders per account and day. Default 200,000.</summary>
    [Range(1, int.MaxValue)]
    public int OrdersPerDay { get; set; } = 200_000;

    /// <summary>New WebSocket connections per address and five minutes. Default 300.</summary>
    [Range(1, int.MaxValue)]
    public int Connections { get; set; } = 300;

    /// <summary>Messages of a client on a stream connection in a second. Default 5.</summary>
    [Range(1, int.MaxValue)]
    public int MessagesPerSecond { get; set; } = 5;

    /// <summary>Streams of one connection. Default 1,024.</summary>
    [Range(1, int.MaxValue)]
    public int Streams { get; set; } = 1024;

    /// <summary>Refusals by 429 in a row after which an address is banned. Default 10.</summary>
    [Range(1, int.MaxValue)]
    public int RefusalsBeforeBan { get; set; } = 10;

    /// <summary>The length of a first ban; each further one is five times as long, three days at the most. Default two minutes.</summary>
    public TimeSpan FirstBan { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Takes a client's address from the header <c>X-Forwarded-For</c>, so that one machine can play many. Default false.</summary>
    public bool TrustsForwardedFor { get; set; }
}
