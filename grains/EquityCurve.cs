using System.Collections.Immutable;
using OrleansTrader.GrainInterfaces.Views;

namespace OrleansTrader.Grains;

/// <summary>Equity over time in a bounded number of points: when they are full, every second one goes and the steps between new ones double.</summary>
internal sealed class EquityCurve
{
    private const int Capacity = 1_024;

    private readonly List<EquityPoint> _points = [];
    private EquityPoint? _latest;
    private int _stride = 1;
    private int _skipped;

    public void Add(DateTime time, double equity)
    {
        if (_latest is not null && time <= _latest.Time) return;
        _latest = new EquityPoint(time, equity);
        if (++_skipped < _stride) return;
        _skipped = 0;
        _points.Add(_latest);
        if (_points.Count < Capacity) return;

        for (var i = 0; i < Capacity / 2; i++) _points[i] = _points[2 * i];
        _points.RemoveRange(Capacity / 2, Capacity - (Capacity / 2));
        _stride *= 2;
    }

    /// <summary>All points, oldest first, the latest always among them.</summary>
    public ImmutableArray<EquityPoint> All() =>
        _latest is null ? [] : _points.Count > 0 && ReferenceEquals(_points[^1], _latest) ? [.. _points] : [.. _points, _latest];

    public ImmutableArray<EquityPoint> Latest() => _latest is null ? [] : [_latest];
}
