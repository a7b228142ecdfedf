using System.Collections.Immutable;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.GrainInterfaces.Views;

/// <summary>The limits of an account and how it stands to them.</summary>
/// <param name="Meaning">What the limits mean in money for the equity of this moment.</param>
/// <param name="PausedBy">The limit that has paused the account; none otherwise.</param>
public sealed record RiskView(
    RiskLimits Limits,
    string Meaning,
    bool IsKilled,
    RefusalCode PausedBy,
    ImmutableArray<LimitView> Watched,
    ImmutableArray<LockView> Locks);

/// <summary>One watched limit.</summary>
/// <param name="Value">What is measured now: a share, or a number of trades.</param>
/// <param name="Limit">0 when it is off.</param>
/// <param name="IsHit">It was crossed and is not lifted yet.</param>
/// <param name="Text">One sentence in plain English.</param>
public sealed record LimitView(RefusalCode Code, double Value, double Limit, LimitReaction Reaction, bool IsHit, string Text);

/// <summary>A lock that holds.</summary>
/// <param name="Symbol">Null for all.</param>
/// <param name="Until">Null where its owner has to lift it.</param>
/// <param name="Text">One sentence in plain English.</param>
public sealed record LockView(long Id, string? Symbol, LockReason Reason, DateTime From, DateTime? Until, string Text);
