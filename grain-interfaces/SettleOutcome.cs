using System.Collections.Immutable;
using OrleansTrader.Core.Market;

namespace OrleansTrader.GrainInterfaces;

/// <summary>What a booking led to.</summary>
/// <param name="Outcome"><see cref="StepOutcome.Failed"/> when nothing was booked.</param>
/// <param name="Requests">What the exchange is to be asked next.</param>
public sealed record SettleOutcome(StepOutcome Outcome, ImmutableArray<OrderRequest> Requests);
