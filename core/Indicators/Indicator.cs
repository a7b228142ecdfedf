using System.Collections.Immutable;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Indicators;

/// <summary>One or more figures that are computed from the bars of one symbol, each bar in constant time and without allocation.</summary>
/// <remarks>
/// Bars come singly (live) or in blocks (backtests); one method computes both, so both give the same figures bit for bit.
/// A bar that is not sound (<see cref="Candle.IsSound"/>: a price that is no number or not above zero, say) is left out: the
/// figures are NaN after it, the state stays as it was, and the next sound bar goes on from there. Bars are counted, not
/// hours: a gap in time is not filled.
/// </remarks>
public abstract class Indicator : Restorable
{
    private readonly Output _main;
    private BarColumns? _columns;

    /// <param name="warmUp">The number of bars after which the first output is known.</param>
    /// <param name="output">Its name, where there are several.</param>
    protected Indicator(int warmUp, string output = nameof(Value))
    {
        _main = new Output(this, output, warmUp);
        Outputs = [_main];
        WarmUp = warmUp;
    }

    /// <summary>The first output after the latest bar; NaN while it warms up, and after a bar that was left out.</summary>
    public double Value => _main.Value;

    /// <summary>The first output after each bar of the latest block, oldest first.</summary>
    public ReadOnlySpan<double> Values => _main.Values;

    /// <summary>The number of sound bars after which every output is known.</summary>
    public int WarmUp { get; private set; }

    public bool IsReady => !double.IsNaN(Value);

    /// <summary>Every output, the one that <see cref="Value"/> shows first.</summary>
    public ImmutableArray<Output> Outputs { get; private set; }

    /// <exception cref="ArgumentException">There is no output of that name.</exception>
    public Output this[string name] => Outputs.FirstOrDefault(output => string.Equals(output.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"There is no output '{name}'; there are {string.Join(", ", Outputs.Select(output => output.Name))}.", nameof(name));

    protected Output Main => _main;

    /// <summary>The bars of the latest block.</summary>
    internal int Count { get; private set; }

    /// <summary>The bar of the latest block whose figures are the values now.</summary>
    internal int Shown { get; private set; }

    /// <summary>The latest bar of it, whose figures are part of the state whichever is shown.</summary>
    internal int Latest => Count > 0 ? Count - 1 : Shown;

    /// <summary>The first of the bars that are being taken, within the block.</summary>
    internal int Start { get; private set; }

    /// <summary>How many are being taken.</summary>
    internal int Length { get; private set; }

    /// <summary>Takes the next closed bar.</summary>
    public void Update(in Candle candle) => Update((_columns ??= new BarColumns()).Of(in candle));

    /// <summary>Takes the next closed bars, oldest first.</summary>
    public void Update(ReadOnlySpan<Candle> candles) => Update((_columns ??= new BarColumns()).Of(candles));

    /// <summary>Takes the next closed bars, oldest first, that whoever feeds many indicators has laid out once for all of them.</summary>
    public void Update(in Bars bars)
    {
        if (bars.Length == 0) return;
        if (bars.Length != Count) Begin(bars.Length);
        if (bars.AreSound) Advance(in bars, _main.Room);
        else TakeSound(in bars);
        Shown = Count - 1;
    }

    /// <inheritdoc/>
    public override void Restore(byte[] state)
    {
        base.Restore(state);
        (Shown, Count) = (Latest, 0);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        (Shown, Count) = (Latest, 0);
    }

    /// <summary>Computes the first output after each of the bars, and writes the others into their room.</summary>
    /// <param name="bars">Sound bars.</param>
    /// <param name="values">As many places as there are bars.</param>
    protected abstract void Advance(in Bars bars, Span<double> values);

    /// <summary>Adds an output; for constructors.</summary>
    protected Output Adds(string name, int warmUp)
    {
        var output = new Output(this, name, warmUp);
        Outputs = Outputs.Add(output);
        WarmUp = Math.Max(WarmUp, warmUp);
        return output;
    }

    /// <summary>Makes every output's value the one after that bar of the latest block.</summary>
    internal void MoveTo(int index) => Shown = index;

    internal override void VisitAll(StateVisitor state)
    {
        foreach (var output in Outputs) output.Visit(state);
        Visit(state);
    }

    // Blocks are mostly as long as the one before: what is done once for a length is nothing per bar, even in blocks of one.
    private void Begin(int count)
    {
        foreach (var output in Outputs) output.MakeRoom(count);
        (Count, Start, Length) = (count, 0, count);
    }

    private void TakeSound(in Bars bars)
    {
        Length = 1;
        for (Start = 0; Start < bars.Length; Start++)
        {
            var bar = bars.At(Start);
            if (bar.AreSound) Advance(in bar, _main.Room);
            else foreach (var output in Outputs) output.Put(Start, double.NaN);
        }

        (Start, Length) = (0, bars.Length);
    }
}
