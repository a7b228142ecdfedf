using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Tests.Risk;

/// <summary>An entry that passes every check of <see cref="Limits"/>, to be spoilt in one way.</summary>
internal sealed record Entry
{
    /// <summary>Every limit is on; equity is 1,000 and the price 100.</summary>
    public static readonly RiskLimits Limits = new()
    {
        MaxPositionShare = 0.25m,
        MaxOpenPositions = 3,
        MinNotional = 20,
        CooldownBars = 5,
        MaxDailyLoss = 0.03m,
        MaxDrawdown = 0.2m,
        MaxLossStreak = 4,
        MaxTradesPerDay = 6,
        MaxSymbolExposure = 0.3m,
        MaxExposure = 0.8m,
        MaxClusterExposure = 0.4m,
        MaxSpread = 0.001m,
        MinLiquidity = 2,
        MaxDataAgeSeconds = 120,
        MinRewardToRisk = 1.5m,
        RiskPerTrade = 0.05m,
        VolatilityTarget = 0.5m,
        KellyFraction = 0.5m,
        KellyMaxRisk = 0.05m,
        KellyMinTrades = 30,
        StopGuardStops = 3,
    };

    public static readonly EntryMarket GoodMarket = new()
    {
        DataAge = TimeSpan.FromSeconds(60),
        Status = SymbolStatus.Trading,
        Bid = 99.99,
        Ask = 100.01,
        AskQuantity = 100,
        Volatility = 0.8,
        Odds = new WinOdds(0.6, 100),
    };

    private readonly Signal _signal = new(Direction.Long, 1, 90, 120);
    private readonly EntryMarket _market = GoodMarket;

    public Signal Signal
    {
        get => _signal;
        init => _signal = value;
    }

    public SymbolRules Rules { get; init; } = Build.Btc;

    public double Price { get; init; } = 100;

    public RunState Run { get; init; } = RunState.Running;

    public decimal Equity { get; init; } = 1_000;

    public decimal FreeCash { get; init; } = 1_000;

    public int OpenPositions { get; init; }

    public int BarsSinceExit { get; init; } = int.MaxValue;

    public EntryMarket Market
    {
        get => _market;
        init => _market = value;
    }

    public bool IsKilled { get; init; }

    public bool? IsArmed { get; init; }

    public decimal FirstDayMost { get; init; }

    public int LockedBars { get; init; }

    public LimitHits Hits { get; init; }

    public double DayLoss { get; init; }

    public double Drawdown { get; init; }

    public int LossStreak { get; init; }

    public int DayEntries { get; init; }

    public decimal SymbolExposure { get; init; }

    public decimal TotalExposure { get; init; }

    public decimal ClusterExposure { get; init; } = -1;

    public RiskDecision Judge(RiskLimits? limits = null, CheckSheet? sheet = null)
    {
        var request = ToRequest();
        return RiskPolicy.Judge(in request, limits ?? Limits, sheet);
    }

    public EntryRequest ToRequest() => new(in _signal, in _market)
    {
        Rules = Rules,
        Price = Price,
        Run = Run,
        Equity = Equity,
        FreeCash = FreeCash,
        OpenPositions = OpenPositions,
        BarsSinceExit = BarsSinceExit,
        IsKilled = IsKilled,
        IsArmed = IsArmed,
        FirstDayMost = FirstDayMost,
        LockedBars = LockedBars,
        Hits = Hits,
        DayLoss = DayLoss,
        Drawdown = Drawdown,
        LossStreak = LossStreak,
        DayEntries = DayEntries,
        SymbolExposure = SymbolExposure,
        TotalExposure = TotalExposure,
        ClusterExposure = ClusterExposure,
    };
}
