using Microsoft.Extensions.Logging;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Grains;

/// <summary>
/// Compares an account with its live exchange: at the start, whenever something may have been missed, and each minute. Orders that differ are
/// looked up. What stays different is taken over where it is money or coins, and locks its symbol where it is orders.
/// </summary>
/// <param name="traffic">Takes what the account is to book.</param>
/// <param name="lines">On which it asks about orders, as others are sent.</param>
/// <param name="wake">Asks for another round; must not wait.</param>
/// <remarks>A look takes no turn of the exchange's: what is to be sent goes out beside it.</remarks>
internal sealed partial class LiveAudit(ILiveExchange exchange, IPortfolioGrain portfolio, OrderTraffic traffic, RequestLines lines, TimeProvider clock, Action wake, ILogger log)
{
    private static readonly TimeSpan Attentive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(2);
    private readonly long _start = clock.GetTimestamp();
    private readonly DifferenceWatch _watch = new();
    private readonly ExchangeLook _eye = new(exchange, clock, wake);
    private readonly DifferenceQuestions _questions = new(exchange, traffic, lines);
    private Task<ExchangePicture?>? _look;
    private (long Activity, bool IsStale) _begun;
    private TimeSpan _due;
    private TimeSpan _settledAt;
    private TimeSpan _caredAt = -Attentive;

    /// <summary>False until account and exchange agree, or what they differ in is locked, and when that was compared too long ago; no step is taken then.</summary>
    public bool IsSettled
    {
        get => field && Now - _settledAt <= GoodFor;
        private set;
    }

    /// <summary>In what they differ, in a sentence; empty when they do not.</summary>
    public string Problem { get; private set; } = "Account and exchange are being compared.";

    public int ForeignOrders { get; private set; }
    public bool IsClosed => _eye.IsClosed;

    public bool IsDue => _look?.IsCompleted ?? Now >= _due;

    // The steady clock: whoever sets the other one changes nothing.
    private TimeSpan Now => clock.GetElapsedTime(_start);

    /// <summary>Does what is due, without waiting for a look.</summary>
    public async Task GoOnAsync(CancellationToken cancellation)
    {
        if (exchange.TakeDoubt()) Doubt();
        // What is under way would be taken for a difference.
        if (traffic.IsBusy) return;
        if (_look is { IsCompleted: true } done)
        {
            _look = null;
            var picture = await done;
            var account = picture is null || _begun.IsStale ? null : await portfolio.CopyStateAsync();
            if (picture is null) Postpone($"The exchange could not be asked what the account has there{(exchange.Failure is { } cause ? $": {cause}" : ".")}");
            else if (account is not null) Compare(account, picture, traffic.Unanswered == 0 && traffic.Activity == _begun.Activity, cancellation);
            else if (!_begun.IsStale) Postpone("The account cannot be told.");
        }

        if (_look is null && Now >= _due)
        {
            _begun = (traffic.Activity, IsStale: false);
            _look = _eye.TakeAsync(cancellation);
        }
    }

    /// <summary>Something may have been missed, or was lost on the way to the account.</summary>
    public void Doubt()
    {
        (IsSettled, _due, _begun.IsStale) = (false, default, true);
        _watch.Begin();
    }

    private void Postpone(string problem) => (Problem, _due) = (problem, Now + Attentive);

    private void Compare(AccountState account, ExchangePicture picture, bool isQuiet, CancellationToken cancellation)
    {
        // Before anything else is decided by them; a look that something has overtaken may have seen older ones.
        if (isQuiet) traffic.Tell(Reconciliation.Listings(account, picture));
        var differences = Reconciliation.Compare(account, picture);
        ForeignOrders = differences.Foreign.Length;
        // What is locked holds up nothing else.
        var isLocked = differences.AreLocked(account, picture.Time);
        if (isLocked && Now - _caredAt >= Attentive)
        {
            _caredAt = Now;
            traffic.Tell(_watch.Care(account, differences, picture));
        }

        if (differences.IsNone)
        {
            if (!IsSettled) LogSettled(log);
            Problem = "";
            Conclude([], isSettled: true, Now + DifferenceWatch.CalmPause(account, differences));
            return;
        }

        var verdict = _watch.Judge(differences, isQuiet, Now);
        (Problem, _due) = (differences.Describe(), Now + _watch.Pause);
        // What was seen once may only be under way.
        if (isLocked) _settledAt = Now;
        else if (_watch.Looks > 1) IsSettled = false;
        switch (verdict)
        {
            case DifferenceVerdict.Adopt:
                LogAdopted(log, Problem);
                Conclude(Reconciliation.Adoption(account, differences, picture, picture.Time), IsSettled, due: default);
                break;
            case DifferenceVerdict.GiveUp:
                LogDiffers(log, Problem);
                // The other symbols go on, unless nobody can tell what money and coins there are.
                Conclude(Reconciliation.Locks(differences, exchange.Now), differences.Assets.IsEmpty, Now + (differences.Assets.IsEmpty ? DifferenceWatch.CalmPause(account, differences) : Longest));
                break;
            case DifferenceVerdict.Refuse:
                if (_watch.Looks == 1) LogDiffers(log, Problem);
                (IsSettled, _due) = (false, Now + Longest);
                break;
            default:
                _questions.Ask(account, differences, _watch, cancellation);
                break;
        }
    }

    private void Conclude(IEnumerable<ExecutionReport> reports, bool isSettled, TimeSpan due)
    {
        traffic.Tell(reports);
        (IsSettled, _due, _settledAt) = (isSettled, due, Now);
        _watch.Begin();
    }

    [LoggerMessage(LogLevel.Information, "Account and exchange agree")]
    private static partial void LogSettled(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "What nothing of the account's own explains is taken over: {Problem}")]
    private static partial void LogAdopted(ILogger logger, string problem);

    [LoggerMessage(LogLevel.Error, "Account and exchange stay different: {Problem}")]
    private static partial void LogDiffers(ILogger logger, string problem);
}
