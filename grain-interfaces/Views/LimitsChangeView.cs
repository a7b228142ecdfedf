using System.Collections.Immutable;
using OrleansTrader.Core.Risk;

namespace OrleansTrader.GrainInterfaces.Views;

/// <summary>Limits that were set together.</summary>
/// <param name="At">UTC by the clock on the wall.</param>
/// <param name="By">The settings with which the service was started, or the owner while it ran.</param>
/// <param name="Text">One sentence in plain English.</param>
public sealed record LimitsChangeView(DateTime At, LimitsOrigin By, ImmutableArray<LimitValue> Values, string Text);
