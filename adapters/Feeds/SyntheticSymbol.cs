using System.Runtime.CompilerServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Feeds;

/// <summary>The bars of one invented symbol: the market's returns times its beta, its own returns, wicks and volume.</summary>
internal sealed class SyntheticSymbol
{
    private const int Length = SyntheticFactor.BlockLength;
    private const double OwnVolatility = 0.35;
    private const double HourlyTurnover = 20_000_000; // quote currency
    private const double LeastPriceTicks = 10;

    // Relative turnover by hour of day, UTC: quiet before Asia opens, busiest when Europe and America trade.
    private static readonly double[] HourWeights =
        [0.95, 0.90, 0.85, 0.80, 0.75, 0.75, 0.80, 0.90, 1.00, 1.05, 1.05, 1.05, 1.15, 1.35, 1.50, 1.50, 1.35, 1.20, 1.10, 1.05, 1.00, 0.95, 0.90, 0.90];

    private static readonly Dictionary<string, double> FirstPrices = new(StringComparer.Ordinal)
    {
        ["BTC"] = 42_000,
        ["ETH"] = 2_300,
        ["BNB"] = 310,
        ["SOL"] = 100,
        ["XRP"] = 0.62,
        ["ADA"] = 0.6,
        ["DOGE"] = 0.09,
        ["AVAX"] = 39,
        ["LINK"] = 15,
        ["LTC"] = 73,
    };

    private readonly ulong _seed;
    private readonly Interval _interval;
    private readonly SyntheticFactor _own;
    private readonly double _firstPrice;
    private readonly double _beta;
    private readonly double _scale;
    private readonly double[] _returns = new double[Length];
    private readonly double[] _deviations = new double[Length];
    private readonly Candle[] _bars = new Candle[Length];
    private int _block = -1;

    public SyntheticSymbol(ulong marketSeed, string name, Interval interval)
    {
        _interval = interval;
        _seed = SplitMix.Seed(marketSeed, name, interval.Length.Ticks, 0);
        _own = new(_seed, OwnVolatility, interval);
        // What a symbol is stays the same at every interval; only its course differs.
        var character = new SplitMix(SplitMix.Seed(marketSeed, name, 0, 1));
        _beta = 0.8 + (0.5 * character.NextUnit());
        var unit = (1 + Math.Floor(character.NextUnit() * 900) / 100) * 0.1;
        for (var magnitude = character.Next() % 4; magnitude > 0; magnitude--) unit *= 10;
        var baseAsset = KnownSymbolRules.For(name, 1, 0).BaseAsset;
        _firstPrice = FirstPrices.GetValueOrDefault(baseAsset, unit);

        // At least 10,000 ticks to the first price, and never coarser than a hundredth.
        var decimals = 2;
        _scale = 100;
        for (; _firstPrice * _scale < 9_999; decimals++) _scale *= 10;
        Rules = KnownSymbolRules.For(name, _firstPrice, decimals);
    }

    public SymbolRules Rules { get; }

    /// <summary>The bars of a block; valid until the next call.</summary>
    public ReadOnlySpan<Candle> Block(int block, SyntheticFactor market, ReadOnlySpan<double> marketReturns, ReadOnlySpan<double> marketDeviations)
    {
        if (_block != block)
        {
            _block = -1;
            _own.Fill(block, _returns, _deviations);
            Build(block, market, marketReturns, marketDeviations);
            _block = block;
        }

        return _bars;
    }

    public bool Holds(int block) => _block == block;

    // Runs a million times within the first second, before tiering would have compiled it well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Build(int block, SyntheticFactor market, ReadOnlySpan<double> marketReturns, ReadOnlySpan<double> marketDeviations)
    {
        var random = new SplitMix(SplitMix.Seed(_seed, "shape", block, 0));
        var price = PriceAt(block, market);
        var nextBlock = OnTick(PriceAt(block + 1, market));
        var open = OnTick(price);
        var time = SyntheticMarket.Epoch + (_interval.Length * ((long)block * Length));
        var turnover = HourlyTurnover * (_interval.Length / TimeSpan.FromHours(1)) / _firstPrice;
        for (var i = 0; i < Length; i++, time += _interval.Length)
        {
            var move = (_beta * marketReturns[i]) + _returns[i];
            var deviation = (_beta * marketDeviations[i]) + _deviations[i];
            price *= ExactMath.ExpSmall(move);
            var close = i == Length - 1 ? nextBlock : OnTick(price);
            var bits = random.Next();
            var (up, down) = ((uint)bits / 4294967296.0, (bits >> 32) / 4294967296.0);
            var high = Math.Max(Math.Max(open, close), OnTick(Math.Max(open, close) * (1 + (deviation * up * up))));
            var low = Math.Min(Math.Min(open, close), OnTick(Math.Min(open, close) * (1 - (deviation * down * down))));
            var hour = (int)(time.TimeOfDay.Ticks / TimeSpan.TicksPerHour);
            var activity = HourWeights[hour] * (time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.7 : 1);
            var volume = turnover * activity * (0.5 + random.NextUnit()) * (0.6 + (0.5 * Math.Abs(move) / deviation));
            _bars[i] = new(time, open, high, low, close, Math.Round(volume * 1000) / 1000);
            open = close;
        }
    }

    private double PriceAt(int block, SyntheticFactor market) =>
        _firstPrice * ExactMath.Exp((_beta * market.LevelAt(block)) + _own.LevelAt(block));

    // Dividing a whole number by a power of ten gives the double that the decimal text would give.
    private double OnTick(double price) => Math.Round(Math.Max(price * _scale, LeastPriceTicks)) / _scale;
}
