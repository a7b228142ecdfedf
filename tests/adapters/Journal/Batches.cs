using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.Core.Risk;
using OrleansTrader.Core.Strategies;
using Interval = OrleansTrader.Core.Market.Interval;

namespace OrleansTrader.Adapters.Tests.Journal;

/// <summary>Batches for the tests of journals: plain ones, and any that an account could write.</summary>
internal static class Batches
{
    public static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Gen<string> Names = Gen.OneOf(Gen.Elements("BTCUSDT", "\u00E9\u2028\"\n", ""), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => Valid(text.Get)));
    private static readonly Gen<decimal> Decimals = ArbMap.Default.GeneratorFor<decimal>();
    private static readonly Gen<double> Doubles = Gen.OneOf(ArbMap.Default.GeneratorFor<double>(), Gen.Elements(0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon));
    private static readonly Gen<DateTime> Times = Gen.Choose(0, int.MaxValue).Select(seconds => Start.AddTicks((seconds * 10_000_003L) - 5));

    private static readonly Gen<Decision> Decisions =
        from direction in OneOf<Direction>()
        from refusal in OneOf<RefusalCode>()
        from kind in OneOf<VoteKind>()
        from d in Doubles.ArrayOf(6)
        from m in Decimals.ArrayOf(2)
        from passed in Gen.Elements(true, false)
        from before in Gen.Choose(0, 4)
        from problem in Names.OrNull()
        from exit in OneOf<ExitReason>()
        select new Decision(
            new(direction, d[0], d[1], d[2]), d[3], refusal,
            [new Vote(kind, d[4], d[5], d[0]), default],
            passed ? [new RiskCheck(refusal, m[0], m[1], passed)] : [])
        {
            Before = before == 0 ? null : (Direction)(before - 1),
            Problem = problem,
            Sale = passed ? null : new SaleCause(exit) { Value = m[0], Limit = m[1], Entry = m[1], Risks = m[0], Bars = before, Quantity = m[1], Refusal = RejectReason.NotInTime, Breach = new LimitBreach(refusal, d[4], d[5], LimitReaction.Flatten) { Symbol = problem } },
        };

    private static readonly Gen<SymbolRules> Rules =
        from name in Names
        from scale in Gen.Choose(0, 8)
        select new SymbolRules(name, name, "USDT", new(1, 0, 0, isNegative: false, (byte)scale), new(1, 0, 0, isNegative: false, (byte)(8 - scale)), 5);

    /// <summary>A fact of the kind with every field set to anything, or left out.</summary>
    public static Gen<Fact> FactOf(FactKind kind) =>
        from texts in Names.OrNull().ArrayOf(3)
        from m in Gen.OneOf(Decimals, Gen.Constant(0m)).ArrayOf(7)
        from ids in Gen.Choose(0, int.MaxValue).ArrayOf(2)
        from times in Gen.OneOf(Times, Gen.Constant(default(DateTime))).ArrayOf(2)
        from leg in OneOf<OcoLeg>()
        from reason in OneOf<RejectReason>()
        from refusal in OneOf<RefusalCode>()
        from exit in OneOf<ExitReason>()
        from run in OneOf<RunState>()
        from side in OneOf<OrderSide>()
        from type in OneOf<OrderType>()
        from purpose in OneOf<OrderPurpose>()
        from interval in Gen.Elements(default, Interval.OneMinute, Interval.OneHour, Interval.Parse("1w"))
        from rules in Rules.OrNull()
        from decision in Decisions.OrNull()
        select new Fact
        {
            Kind = kind,
            Time = times[0],
            Symbol = texts[0],
            OrderId = ids[0],
            TradeId = (long)ids[1] << 20,
            Leg = leg,
            Reason = reason,
            Refusal = refusal,
            Exit = exit,
            Run = run,
            Quantity = m[0],
            Price = m[1],
            EntryPrice = m[2],
            EntryTime = times[1],
            Amount = m[3],
            Fee = m[4],
            Side = side,
            Type = type,
            Purpose = purpose,
            Stop = m[5],
            Target = m[6],
            Market = texts[1],
            Terms = texts[2],
            Interval = interval,
            Rules = rules,
            Decision = decision,
            Look = (LookOutcome)(ids[0] % 3),
            Command = texts[2] is { } what ? new AccountCommand("owner", texts[1] ?? "", what) : null,
        };

    /// <summary>A plain batch of <paramref name="count"/> fills.</summary>
    public static JournalBatch Fills(long first, int count) =>
        new(first, Start.AddHours(first), StepPhase.Decided, new(10_000 + first, 10_000 + first, 0.125), [new(100.5, new(10_002, 10_003, 0.25))], [.. Enumerable.Range(0, count).Select(i => Fill(first + i))]);

    /// <summary>Equality by value; that of the records stops at their arrays. A zero is a zero, whatever its sign or scale.</summary>
    public static bool AreEqual(JournalBatch? a, JournalBatch? b) =>
        a is not null && b is not null
        && (a with { Facts = b.Facts, Marks = b.Marks }) == b && a.Marks.SequenceEqual(b.Marks) && a.StepTime.Kind == b.StepTime.Kind
        && a.Facts.Length == b.Facts.Length && a.Facts.Zip(b.Facts).All(pair => AreEqual(pair.First, pair.Second));

    private static bool AreEqual(Fact a, Fact b) =>
        (a with { Decision = b.Decision }) == b && a.Time.Kind == b.Time.Kind && a.EntryTime.Kind == b.EntryTime.Kind
        && (a.Decision is null) == (b.Decision is null)
        && (a.Decision is null || AreEqual(a.Decision, b.Decision!));

    private static bool AreEqual(Decision a, Decision b) =>
        (a with { Votes = b.Votes, Checks = b.Checks }) == b && a.Votes.SequenceEqual(b.Votes) && a.Checks.SequenceEqual(b.Checks);

    private static Fact Fill(long sequence) => new()
    {
        Kind = FactKind.Filled,
        Time = Start.AddHours(sequence),
        Symbol = "BTCUSDT",
        OrderId = sequence,
        TradeId = sequence * 10,
        Quantity = 0.5m,
        Price = 42_000.25m,
        Fee = 21m,
    };

    private static Gen<T> OneOf<T>() where T : struct, Enum => Gen.Elements(Enum.GetValues<T>());

    // A lone surrogate is no text; JSON cannot hold it and no symbol or market has one.
    private static string Valid(string text) => string.Concat(text.Where(letter => !char.IsSurrogate(letter)));
}
