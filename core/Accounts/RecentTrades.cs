namespace OrleansTrader.Core.Accounts;

/// <summary>The latest closed trades of an account, a bounded number of them.</summary>
public sealed class RecentTrades
{
    /// <summary>No protection looks at more of them.</summary>
    public const int Capacity = 256;

    /// <summary>In the order in which they were closed until they are full; from then on the oldest is replaced.</summary>
    public List<ClosedTrade> Items { get; set; } = [];

    /// <summary>All that were ever closed.</summary>
    public long Total { get; set; }

    public int Count => Items.Count;

    /// <summary>The n-th, counted back from the latest, which is 0.</summary>
    public ClosedTrade this[int age] => Items[(int)((Total - 1 - age) % Capacity)];

    internal void Add(in ClosedTrade trade)
    {
        if (Items.Count < Capacity) Items.Add(trade);
        else Items[(int)(Total % Capacity)] = trade;
        Total++;
    }

    internal RecentTrades Copy() => new() { Items = [.. Items], Total = Total };
}
