using System.ComponentModel.DataAnnotations;
using System.Globalization;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Silo.Settings;

/// <summary>Time that goes faster than that of the world, for an exchange on this machine whose time does the same.</summary>
public sealed class RehearsalSettings
{
    public const string Section = "Rehearsal";

    private const string OfSpeed = $"{Section}:{nameof(Speed)}";
    private const string OfSince = $"{Section}:{nameof(Since)}";

    /// <summary>Farther back a year of rehearsal would pass between two looks at the clock.</summary>
    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();
    private TimeProvider? _clock;

    /// <summary>Seconds of market that pass in one second. Default 1.</summary>
    [Range(1.0, 1_440.0)]
    public double Speed { get; init; } = 1;

    /// <summary>When the exchange's clock and this machine's showed the same, UTC; the same at every start, so that time goes on over a restart. Goes with <see cref="Speed"/>.</summary>
    public DateTime? Since { get; init; }

    /// <summary>False for the time of the world.</summary>
    internal bool IsSet => Speed != 1;

    /// <summary>The time of the service.</summary>
    internal TimeProvider Clock
    {
        get
        {
            lock (_gate) return _clock ??= IsSet ? ScaledTimeProvider.Since(TimeProvider.System, new DateTimeOffset(Since!.Value), Speed) : TimeProvider.System;
        }
    }

    /// <summary>A wait for the network or for a process: so long by the market's time, and never so short that this machine could not keep it.</summary>
    /// <param name="machineSeconds">By the time of this machine.</param>
    internal double AtLeast(double seconds, double machineSeconds) => IsSet ? Math.Max(seconds, Math.Ceiling(machineSeconds * Speed)) : seconds;

    /// <inheritdoc cref="AtLeast(double, double)"/>
    internal int AtLeast(int seconds, double machineSeconds) => (int)AtLeast((double)seconds, machineSeconds);

    /// <summary>A sentence for each setting beside which time must not run away: whatever could be an exchange with real money.</summary>
    internal IEnumerable<string> ProblemsWith(MarketSettings market, BinanceSettings binance, DateTime now)
    {
        if (!IsSet)
        {
            if (Since is not null) yield return $"{OfSince} is set and {OfSpeed} is not; write both as 'trader exchange' says at its start, or neither.";
            yield break;
        }

        var speed = string.Create(CultureInfo.InvariantCulture, $"{OfSpeed} is {Speed}");
        if (Since is not { } since) yield return $"{speed} and {OfSince} is not set; write what 'trader exchange' says at its start.";
        else if (since > now || now - since > LongestAgo) yield return string.Create(CultureInfo.InvariantCulture, $"{OfSince} is {since:yyyy-MM-dd'T'HH:mm:ss}; it must lie within the {LongestAgo.Days} days before now, {now:yyyy-MM-dd'T'HH:mm:ss} UTC.");
        if (market.Source != MarketSource.Binance) yield return $"{speed} and Market:Source is '{SettingForms.WordOf(market.Source.ToString())}'; it must be binance, since other markets have a pace of their own, Market:Speed.";
        else if (!BinanceSettings.IsHere(binance.RestUrl) || !IsHereOrEmpty(binance.SocketUrl) || !IsHereOrEmpty(binance.StreamUrl) || binance.Proxy.Length > 0)
            yield return $"{speed}, and Binance:RestUrl, Binance:SocketUrl and Binance:StreamUrl do not all lead to an exchange on this machine without a proxy; time runs faster at one to rehearse at only, such as http://127.0.0.1:7070.";
    }

    private static bool IsHereOrEmpty(string url) => url.Length == 0 || BinanceSettings.IsHere(url);
}
