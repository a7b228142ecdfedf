using OrleansTrader.Core.Risk;

namespace OrleansTrader.Api;

/// <summary>What each run state does, in words that stand beside its button.</summary>
internal static class RunMeaning
{
    public static string Of(RunState run) => run switch
    {
        RunState.Running => "Trades: opens new positions and leaves them by strategy, stop or target.",
        RunState.Paused => "Opens no new positions. Open ones are still left by strategy, stop or target.",
        _ => "The strategy does nothing. Open positions stay open: only the stops and targets that rest on the exchange can still close them.",
    };
}
