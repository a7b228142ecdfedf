using System.Globalization;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Core.Risk;

/// <summary>Keeps a symbol, or all of them, from new positions for a time; what reduces a position passes.</summary>
/// <param name="Id">The account's number of the lock, above 0 and never reused.</param>
/// <param name="Symbol">Null for all.</param>
/// <param name="Until">UTC; an entry at that moment passes.</param>
/// <param name="Value">What was measured: stops, or a share.</param>
/// <param name="Limit">What it was held against.</param>
public sealed record TradingLock(long Id, string? Symbol, LockReason Reason, DateTime From, DateTime Until, double Value, double Limit)
{
    public bool Holds(string symbol, DateTime time) =>
        time < Until && (Symbol is null || string.Equals(Symbol, symbol, StringComparison.Ordinal));

    /// <summary>One sentence in plain English.</summary>
    public string Describe()
    {
        var whom = Symbol ?? "Every symbol";
        if (Reason == LockReason.Difference)
            return Text($"{whom} takes no new position until its owner lifts the lock: exchange and account differ about {Counted.Of((decimal)Value, "of its orders; look at the exchange what it has become", "of its orders; look at the exchange what they have become")}.");
        var why = Reason switch
        {
            LockReason.NotTraded => "the exchange takes no orders for it now, or none of this account, so that no new order can sell or protect what is held of it; look at the exchange why",
            LockReason.StopGuard => Text($"{Counted.Of((decimal)Value, "position was", "positions were")} stopped out lately, {Counted.Of((decimal)Limit, "is", "are")} too many"),
            LockReason.RecentDrawdown => Text($"the latest trades have lost {Value * 100:0.00} % from their best moment, {Limit * 100:0.00} % is too much"),
            _ => Text($"its latest trades have earned {Value * 100:0.00} % together, less than {Limit * 100:0.00} %"),
        };
        return Text($"{whom} takes no new position until {Until:yyyy-MM-dd HH:mm} UTC: {why}.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
