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
/// <param name="lines">On which it asks about orders, as others are sent.</param>
/// <param name="wake">Asks for another round; must not wait.</param>
/// <remarks>A look takes no turn of the exchange's: what is to be sent goes out beside it.</remarks>
internal sealed partial class LiveAudit(ILiveExchange exchange, IPortfolioGrain portfolio, RequestLines lines, TimeProvider clock, Action wake, ILogger log)
{
    /// <summary>How often the same money or coins must be too many or too few before they are taken over.</summary>
    private const int LooksBeforeAdoption = 3;

    /// <summary>How often an order must be there that the account is done with before it is taken back.</summary>
    private const int LooksBeforeTakingBack = 2;

    /// <summary>How often the exchange must have told of an order that stays different before its symbol is locked.</summary>
    private const int AnswersBeforeLock = 4;

    /// <summary>How often is looked before that where the exchange does not tell: some four minutes.</summary>
    private const int MostLooks = 30;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Attentive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Balances may show a trade later than orders do.</summary>
    private static readonly TimeSpan ShownAfter = TimeSpan.FromSeconds(12);

    /// <summary>What was compared longer ago is not known any more.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private readonly long _start = clock.GetTimestamp();

    private readonly List<ExecutionReport> _reports = [];
    private readonly Dictionary<long, int> _answers = [];
    private Task<ExchangePicture?>? _look;
    private readonly HashSet<long> _stuck = [];
    private (long Activity, bool IsStale) _begun;
    private TimeSpan _due;
    private TimeSpan _sameSince;
    private TimeSpan _settledAt;
    private Differences? _last;
    private int _looks;
    private int _same;

    /// <summary>False until account and exchange agree, or what they differ in is locked; no step is taken then.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>In what they differ, in a sentence; empty when they do not.</summary>
    public string Problem { get; private set; } = "Account and exchange are being compared.";

    public int ForeignOrders { get; private set; }

    public bool IsDue => _look?.IsCompleted ?? Now >= _due;

    // The steady clock: whoever sets the other one changes nothing.
    private TimeSpan Now => clock.GetElapsedTime(_start);

    /// <summary>What the account is to book, once each.</summary>
    public IReadOnlyList<ExecutionReport> TakeReports()
    {
        if (_reports.Count == 0) return [];
        ExecutionReport[] taken = [.. _reports];
        _reports.Clear();
        return taken;
    }

    /// <summary>Does what is due, without waiting for a look.</summary>
    /// <param name="activity">Rises with each request that was sent and each report that came.</param>
    /// <param name="isQuiet">Nothing is under way of which nobody knows what became of it.</param>
    public async Task GoOnAsync(long activity, bool isQuiet, CancellationToken cancellation)
    {
        if (exchange.TakeDoubt()) Doubt();
        if (_look is { IsCompleted: true } done)
        {
            _look = null;
            var picture = await done;
            if (picture is null) Postpone("The exchange could not be asked what the account has there.");
            else if (!_begun.IsStale) await CompareAsync(picture, isQuiet && activity == _begun.Activity, cancellation);
        }

        if (_look is null && Now >= _due)
        {
            _begun = (activity, IsStale: false);
            _look = LookAsync(cancellation);
        }
    }

    /// <summary>Something may have been missed, or was lost on the way to the account.</summary>
    public void Doubt()
    {
        (IsSettled, _due, _begun.IsStale) = (false, default, true);
        Begin();
    }

    private void Begin()
    {
        (_last, _looks, _same) = (null, 0, 0);
        _answers.Clear();
    }

    private async Task<ExchangePicture?> LookAsync(CancellationToken cancellation)
    {
        try
        {
            return await exchange.LookAsync(cancellation);
        }
        finally
        {
            wake();
        }
    }

    private void Postpone(string problem)
    {
        (Problem, _due) = (problem, Now + Attentive);
        if (Now - _settledAt > GoodFor) IsSettled = false;
    }

    private async Task CompareAsync(ExchangePicture picture, bool isQuiet, CancellationToken cancellation)
    {
        if (await portfolio.CopyStateAsync() is not { } account)
        {
            Postpone("The account cannot be told.");
            return;
        }

        var differences = Reconciliation.Compare(account, picture);
        ForeignOrders = differences.Foreign.Length;
        if (differences.IsNone)
        {
            Settle(account, differences, picture);
            return;
        }

        _looks++;
        _same = !isQuiet ? 0 : _last?.IsSameAs(differences) == true ? _same + 1 : 1;
        if (_same <= 1) _sameSince = Now;
        (_last, Problem, _due) = (differences, differences.Describe(), Now + (_looks * Soon < Longest ? _looks * Soon : Longest));
        // What was seen once may only be under way.
        if (_looks > 1) IsSettled = false;
        // What an old journal does not know of may be all that protects a position.
        if (differences.Unwritten > 0) Refuse();
        else if (differences.IsOfAssets && _same >= LooksBeforeAdoption && Now - _sameSince >= ShownAfter) Adopt(account, differences, picture);
        else if (_looks >= MostLooks || IsHopeless(differences)) GiveUp(differences);
        else Ask(account, differences, cancellation);
    }

    /// <summary>The exchange has told of every order in question, more than once, and they stay different.</summary>
    private bool IsHopeless(Differences differences) =>
        !differences.IsOfAssets && differences.Orders.Select(order => order.OrderId).Concat(differences.Strays.Select(stray => stray.OrderId)).All(id => _answers.GetValueOrDefault(id) >= AnswersBeforeLock);

    private void Settle(AccountState account, Differences differences, ExchangePicture picture)
    {
        var isAttentive = !differences.Stuck.IsEmpty;
        foreach (var position in account.Positions.Where(position => position.IsExposed || position.IsUnprotected))
        {
            _reports.Add(new ExecutionReport { Kind = ReportKind.Attention, Symbol = position.Symbol, Time = picture.Time });
            isAttentive = true;
        }

        // Seen twice: the first time it may just be trading.
        foreach (var stop in differences.Stuck.Where(stop => _stuck.Contains(stop.OrderId)))
            _reports.Add(new ExecutionReport { Kind = ReportKind.StopStuck, Symbol = stop.Symbol, Time = picture.Time });
        _stuck.Clear();
        _stuck.UnionWith(differences.Stuck.Select(stop => stop.OrderId));
        if (!IsSettled) LogSettled(log);
        (IsSettled, Problem, _due, _settledAt) = (true, "", Now + (isAttentive ? Attentive : Period), Now);
        Begin();
    }

    private void Refuse()
    {
        if (_looks == 1) LogDiffers(log, Problem);
        (IsSettled, _due) = (false, Now + Longest);
    }

    private void Adopt(AccountState account, Differences differences, ExchangePicture picture)
    {
        LogAdopted(log, Problem);
        _reports.AddRange(Reconciliation.Adoption(account, differences, picture, picture.Time));
        _due = default;
        Begin();
    }

    /// <summary>The other symbols go on, unless nobody can tell what money and coins there are.</summary>
    private void GiveUp(Differences differences)
    {
        LogDiffers(log, Problem);
        foreach (var (symbol, count) in differences.Symbols) _reports.Add(new ExecutionReport { Kind = ReportKind.Differs, Symbol = symbol, Quantity = count, Time = exchange.Now });
        (IsSettled, _due) = (differences.Assets.IsEmpty, Now + (differences.Assets.IsEmpty ? Period : Longest));
        Begin();
    }

    /// <summary>One order of each symbol at a time; the next look brings the others.</summary>
    private void Ask(AccountState account, Differences differences, CancellationToken cancellation)
    {
        foreach (var stray in differences.Strays.Where(stray => _same >= LooksBeforeTakingBack && lines.IsFree(stray.Symbol)))
            lines.Start(stray.Symbol, () => TakeBackAsync(stray, cancellation));
        foreach (var order in differences.Orders.Where(order => lines.IsFree(order.Symbol)))
            lines.Start(order.Symbol, () => AskAsync(order, account.Orders.Find(open => open.Id == order.OrderId).Traded, cancellation));
    }

    private async Task TakeBackAsync(RestingOrder stray, CancellationToken cancellation) =>
        Note(stray.OrderId, await exchange.SendAsync(OrderRequest.Cancel(stray.OrderId, stray.Symbol, stray.Leg == OcoLeg.None ? OrderPurpose.Exit : OrderPurpose.Protection, exchange.Now), cancellation));

    private void Note(long orderId, OrderOutcome told)
    {
        if (told.Kind != OrderOutcomeKind.Unknown) _answers[orderId] = _answers.GetValueOrDefault(orderId) + 1;
    }

    private async Task AskAsync(OrderRequest order, decimal traded, CancellationToken cancellation)
    {
        var found = await exchange.FindAsync(order, cancellation);
        Note(order.OrderId, found);
        if (found.Kind != OrderOutcomeKind.Rejected) return;
        // It was confirmed, and the exchange knows nothing of it any more.
        _reports.Add(new ExecutionReport { Kind = ReportKind.Differs, Symbol = order.Symbol, Quantity = 1, Time = exchange.Now });
        _reports.Add(new ExecutionReport { Kind = ReportKind.Canceled, OrderId = order.OrderId, IsLast = true, Time = exchange.Now, TradedInAll = traded });
    }

    [LoggerMessage(LogLevel.Information, "Account and exchange agree")]
    private static partial void LogSettled(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "What nothing of the account's own explains is taken over: {Problem}")]
    private static partial void LogAdopted(ILogger logger, string problem);

    [LoggerMessage(LogLevel.Error, "Account and exchange stay different: {Problem}")]
    private static partial void LogDiffers(ILogger logger, string problem);
}
