using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

/// <summary>Signals, reports, commands and changes of limits in any order.</summary>
public class RefusedOrderProperties
{
    private const int Cases = 10_000;
    private const int Events = 40;

    [Fact]
    public void A_refused_order_never_reaches_an_exchange_and_reservations_never_exceed_cash()
    {
        var (refused, sent) = (0, 0);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var story = new Story(seed);
            for (var i = 0; i < Events; i++)
                if (!story.Next())
                    return false;
            (refused, sent) = (refused + story.Refused, sent + story.Sent);
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
        Assert.True(refused > Cases && sent > Cases, $"{refused} refused and {sent} sent prove little");
    }

    private sealed class Story(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Trader _trader = new(limits: LimitsOf(new Random(seed)));
        private readonly List<OrderRequest> _open = [];
        private long _trade;

        public int Refused { get; private set; }

        public int Sent { get; private set; }

        /// <summary>False when something happened that must never be.</summary>
        public bool Next()
        {
            var before = _trader.Facts.Count;
            var requests = _random.Next(10) switch
            {
                < 5 => Wish(),
                < 8 => Report(),
                8 => Command(),
                _ => Wait(),
            };
            var facts = _trader.Facts.Skip(before).ToList();
            _open.AddRange(requests.Where(request => request.Kind == RequestKind.Place));
            var entries = requests.Where(request => request is { Kind: RequestKind.Place, Purpose: OrderPurpose.Entry }).ToList();
            var refusals = facts.Where(fact => fact.Kind == FactKind.EntryRefused).ToList();
            (Refused, Sent) = (Refused + refusals.Count, Sent + entries.Count);
            var state = _trader.State;
            return entries.TrueForAll(entry => facts.Exists(fact => fact is { Kind: FactKind.OrderCreated, Refusal: RefusalCode.None } && fact.OrderId == entry.OrderId && fact.Decision!.Checks.All(check => check.Passed)))
                && refusals.TrueForAll(refusal => refusal.Refusal != RefusalCode.None && !entries.Exists(entry => string.Equals(entry.Symbol, refusal.Symbol, StringComparison.Ordinal)))
                && state.Reserved >= 0 && state.Reserved <= state.Cash
                && state.Reserved == state.Orders.Where(order => order.Request.Side == OrderSide.Buy).Sum(order => order.Reserved);
        }

        private OrderRequest[] Wish()
        {
            var price = 80 + _random.Next(40);
            _trader.Market = new EntryMarket
            {
                DataAge = TimeSpan.FromSeconds(_random.Next(90)),
                Status = (SymbolStatus)_random.Next(3),
                Bid = price - (_random.NextDouble() / 2),
                Ask = price,
                AskQuantity = _random.Next(20),
            };
            var signal = _random.Next(5) switch
            {
                0 => Signal.Flat(1),
                1 => new Signal(Direction.Long, 1, double.NaN, double.NaN),
                2 => new Signal(Direction.Long, 1, price, price + 5),
                _ => new Signal(Direction.Long, 1, price - _random.Next(1, 10), price + _random.Next(1, 20)) { WinProbability = _random.NextDouble(), WinTrades = _random.Next(100) },
            };
            return _trader.Signal(_random.Next(2) == 0 ? Build.Btc.Symbol : Build.Eth.Symbol, price, signal);
        }

        private OrderRequest[] Report()
        {
            if (_open.Count == 0) return [];
            var request = _open[_random.Next(_open.Count)];
            if (_random.Next(6) == 0)
            {
                _open.Remove(request);
                return _trader.Report(_trader.Ended(request, _random.Next(2) == 0 ? ReportKind.Canceled : ReportKind.Expired));
            }

            var quantity = request.Side == OrderSide.Sell ? request.Quantity : _trader.Account.State.Orders.Find(order => order.Id == request.OrderId) is { Id: > 0 } order ? Math.Floor(order.BudgetLeft / 0.125m) / 1_000 : 0;
            if (quantity <= 0) return [];
            _open.Remove(request);
            return _trader.Report(_trader.Traded(request, ++_trade, quantity, request.Side == OrderSide.Buy ? 100 : 95 + _random.Next(10), leg: request.Type == OrderType.Oco ? OcoLeg.Stop : OcoLeg.None));
        }

        private OrderRequest[] Command() => _random.Next(8) switch
        {
            0 => _trader.Set(RunState.Paused),
            1 => _trader.Command((account, time) => account.PullKillSwitch(time)),
            2 => _trader.Command((account, time) => account.ReleaseKillSwitch(time)),
            3 => ChangeLimits(),
            _ => _trader.Set(RunState.Running),
        };

        private OrderRequest[] ChangeLimits()
        {
            _trader.Limits = LimitsOf(_random);
            return _trader.Command((account, time) => account.SetLimits(_trader.Limits, LimitsOrigin.Owner, time, time));
        }

        private OrderRequest[] Wait()
        {
            for (var hours = _random.Next(1, 9); hours > 0; hours--) _trader.NextHour();
            return [];
        }

        private static RiskLimits LimitsOf(Random random)
        {
            return RiskLimits.None with
            {
                MaxPositionShare = random.Next(1, 11) / 10m,
                MaxOpenPositions = random.Next(1, 3),
                CooldownBars = random.Next(3),
                MaxDailyLoss = Sometimes(0.02m),
                DailyLossReaction = (LimitReaction)random.Next(3),
                MaxDrawdown = Sometimes(0.05m),
                DrawdownReaction = (LimitReaction)random.Next(3),
                MaxLossStreak = (int)Sometimes(2),
                MaxTradesPerDay = (int)Sometimes(2),
                MaxExposure = Sometimes(0.4m),
                ExposureReaction = (LimitReaction)random.Next(3),
                MaxSpread = Sometimes(0.003m),
                SpreadReaction = (LimitReaction)random.Next(3),
                MinLiquidity = Sometimes(1),
                MaxDataAgeSeconds = (int)Sometimes(60),
                MinRewardToRisk = Sometimes(2),
                RiskPerTrade = Sometimes(0.02m),
                KellyFraction = Sometimes(0.5m),
                StopGuardStops = (int)Sometimes(1),
            };

            decimal Sometimes(decimal value) => random.Next(3) == 0 ? value : 0;
        }
    }
}
