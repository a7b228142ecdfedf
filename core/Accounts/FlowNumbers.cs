namespace OrleansTrader.Core.Accounts;

/// <summary>Which payments are booked, by their numbers, so that one that is reported again, or after a later one, is booked once.</summary>
public sealed class FlowNumbers
{
    /// <summary>So many are remembered; a payment that comes after so many later ones counts as booked.</summary>
    private const int Kept = 64;

    /// <summary>Every number up to it counts as booked.</summary>
    public long Floor { get; set; }

    /// <summary>Those above it that are booked, ascending.</summary>
    public List<long> Latest { get; set; } = [];

    public bool Knows(long number) => number <= Floor || Latest.BinarySearch(number) >= 0;

    internal void Add(long number)
    {
        var place = Latest.BinarySearch(number);
        if (place >= 0) return;
        Latest.Insert(~place, number);
        if (Latest.Count <= Kept) return;
        Floor = Latest[0];
        Latest.RemoveAt(0);
    }

    internal FlowNumbers Copy() => new() { Floor = Floor, Latest = [.. Latest] };
}
