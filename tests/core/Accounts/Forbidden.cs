using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>Ways in which an entry is refused.</summary>
internal static class Forbidden
{
    private static readonly Signal Protected = new(Direction.Long, 1, 45, 60);

    /// <summary>Makes an entry into ETH at 50 fail by that check.</summary>
    /// <returns>The signal that fails.</returns>
    public static Signal Forbid(this Trader trader, RefusalCode code)
    {
        var (limits, time) = (trader.Limits, Build.Close(trader.Hour));
        switch (code)
        {
            case RefusalCode.KillSwitch: Ledger.Apply(trader.State, new Fact { Kind = FactKind.KillSwitchPulled }); break;
            case RefusalCode.NotRunning: trader.Set(RunState.Paused); break;
            case RefusalCode.NotArmed: trader.Command((account, now) => ArmingBook.Demand(account, 0, now)); break;
            case RefusalCode.FirstDay:
                trader.Command((account, now) => ArmingBook.Demand(account, 1, now));
                trader.Command((account, now) => ArmingBook.Arm(account, new AccountCommand("owner", "here", "arm"), now));
                break;
            case RefusalCode.StaleData: trader.Market = new EntryMarket { DataAge = TimeSpan.FromSeconds(61) }; break;
            case RefusalCode.StoreAway: trader.Market = new EntryMarket { IsStoreAway = true }; break;
            case RefusalCode.SymbolHalted: trader.Market = new EntryMarket { Status = SymbolStatus.Halted }; break;
            case RefusalCode.Cooldown: trader.Eth.LastExitTime = time; break;
            case RefusalCode.Locked: Ledger.Apply(trader.State, new Fact { Kind = FactKind.LockSet, Lock = new TradingLock(1, null, LockReason.StopGuard, time, time.AddDays(9), 3, 3) }); break;
            case RefusalCode.DailyLoss or RefusalCode.Drawdown or RefusalCode.LossStreak:
                Ledger.Apply(trader.State, new Fact { Kind = FactKind.LimitHit, Breach = new LimitBreach(code, 1, 1, LimitReaction.Refuse) });
                break;
            case RefusalCode.SymbolExposure: trader.Eth.Dust = 1; break;
            case RefusalCode.Correlation: trader.Account.Closes = MovingTogether(trader); break;
            case RefusalCode.Spread: trader.Market = new EntryMarket { Bid = 49, Ask = 51 }; break;
            case RefusalCode.Liquidity: trader.Market = new EntryMarket { Bid = 50, Ask = 50, AskQuantity = 1 }; break;
            case RefusalCode.BelowStep: trader.Command((account, now) => account.List(Build.Eth with { StepSize = 1_000, MinNotional = 0 }, now)); break;
        }

        trader.Limits = code switch
        {
            RefusalCode.StaleData => limits with { MaxDataAgeSeconds = 60 },
            RefusalCode.Cooldown => limits with { CooldownBars = 5 },
            RefusalCode.Drawdown => limits with { MaxDrawdown = 0.9m },
            RefusalCode.LossStreak => limits with { MaxLossStreak = 3 },
            RefusalCode.TradesPerDay => limits with { MaxTradesPerDay = 1 },
            RefusalCode.TooManyPositions => limits with { MaxOpenPositions = 1 },
            RefusalCode.SymbolExposure => limits with { MaxSymbolExposure = 0.01m },
            RefusalCode.TotalExposure => limits with { MaxExposure = 0.01m },
            RefusalCode.Correlation => limits with { MaxClusterExposure = 0.4m, CorrelationBars = 10 },
            RefusalCode.Spread => limits with { MaxSpread = 0.01m },
            RefusalCode.Liquidity => limits with { MinLiquidity = 1 },
            RefusalCode.NoEdge => limits with { KellyFraction = 1 },
            RefusalCode.BelowMinNotional => limits with { MinNotional = 100_000 },
            RefusalCode.RewardToRisk => limits with { MinRewardToRisk = 3 },
            _ => limits,
        };
        return code == RefusalCode.StopOnWrongSide ? new Signal(Direction.Long, 1, 50, 60) : Protected;
    }

    /// <summary>BTC and ETH with the same returns up to the bar under way.</summary>
    private static CloseTable MovingTogether(Trader trader)
    {
        var table = new CloseTable(11, Interval.OneHour);
        for (var bar = trader.Hour - 10; bar <= trader.Hour; bar++)
        {
            var price = 100 + (bar * bar % 7);
            table.Put(0, Build.Start.AddHours(bar), price);
            table.Put(1, Build.Start.AddHours(bar), price / 2.0);
        }

        return table;
    }
}
