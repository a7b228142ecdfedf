using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Accounts;

/// <summary>The course of an equity seen bar by bar: latest, peak and deepest fall from a peak.</summary>
public sealed class EquityWatch
{
    private double _floor;
    private double _maxDrawdown;
    private double _peak;

    /// <summary>Quote currency.</summary>
    public double Latest { get; set; }

    public double Peak
    {
        get => _peak;
        set
        {
            _peak = value;
            _floor = value * (1 - _maxDrawdown);
        }
    }

    /// <summary>Deepest fall from a peak so far, as a share of that peak, 0 to 1.</summary>
    public double MaxDrawdown
    {
        get => _maxDrawdown;
        set
        {
            _maxDrawdown = value;
            _floor = _peak * (1 - value);
        }
    }

    public void Begin(double equity)
    {
        Latest = equity;
        Peak = equity;
    }

    /// <summary>Takes the equity after a bar; divides only when a fall is deeper than every one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Observe(double equity)
    {
        Latest = equity;
        if (equity > _peak) Peak = equity;
        else if (equity < _floor) MaxDrawdown = (_peak - equity) / _peak;
    }

    /// <summary>As <see cref="Observe"/> after each of the bars, of which there is at least one, with what is held besides cash valued at the close.</summary>
    internal void ObserveHolding(double cash, double quantity, ReadOnlySpan<Candle> bars)
    {
        // In locals, which the loop keeps in registers.
        var (peak, floor, equity) = (_peak, _floor, Latest);
        foreach (ref readonly var bar in bars)
        {
            equity = cash + (quantity * bar.Close);
            if (equity <= peak && equity >= floor) continue;
            Observe(equity);
            (peak, floor) = (_peak, _floor);
        }

        Latest = equity;
    }

    internal EquityWatch Copy() => (EquityWatch)MemberwiseClone();
}
