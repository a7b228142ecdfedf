using System.Globalization;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Adapters.Binance.Execution;

/// <summary>
/// Finds out whether an account can be traded with, by doing what trading does but for placing an order: the clock, the account, what the key
/// may do, each symbol, and an order for each as it would be sent. The exchange has one refusal for a wrong key, a wrong address and a
/// missing permission; which it is shows in how far one gets.
/// </summary>
/// <param name="names">What orders of the account are called.</param>
/// <param name="patience">How long each question is asked; null for once. Also the order that is only tried: nothing of it is placed or counted.</param>
public sealed class AccountCheck(AccountCalls account, OrderCalls orders, OrderNames names, AccountCheckOptions options, StartPatience? patience = null)
{
    private readonly StartPatience _patience = patience ?? StartPatience.None;

    private const int NotThere = 404;
    private const int EngineRefusal = -2010;
    private const string NoTrading = "The API key may read the account but not trade; allow 'Enable Spot & Margin Trading' for it at Binance.";

    /// <summary>The exchange refuses what is worth less at the average price of the last minutes.</summary>
    private const decimal AboveLeast = 1.2m;
    private const decimal LeastValue = 10;

    /// <summary>Above which a clock is warned of that may show any time.</summary>
    private const int UncheckedClockSeconds = 10;

    /// <param name="symbols">Those that are to be traded.</param>
    public async Task<AccountReport> CheckAsync(IReadOnlyCollection<SymbolListing> symbols, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        var advice = new List<string>();
        var problem = await ProblemOfClockAsync(advice, cancellation);
        var view = default(AccountView);
        if (problem is null)
        {
            var read = await _patience.AskAsync(() => account.AccountAsync(cancellation), cancellation);
            problem = read.Error?.Sentence;
            _ = read.TryGet(out view);
        }

        problem ??= await ProblemOfKeyAsync(advice, cancellation);
        if (problem is null && !view!.CanTrade)
        {
            if (!symbols.Any(symbol => Owns(view, symbol))) problem = "Binance does not let this account trade at present; see the messages of the exchange there.";
            else advice.Add("Binance does not let this account trade at present: no new order can sell or protect what is held until it does; see the messages of the exchange there.");
        }

        foreach (var symbol in symbols)
        {
            if (problem is not null || !view!.CanTrade) break;
            // What is owned must be looked after, also while it cannot be traded.
            if (symbol.CoreStatus != SymbolStatus.Trading && Owns(view, symbol))
                advice.Add($"Binance does not trade {symbol.Symbol} now ({symbol.Status.ToString().ToLowerInvariant()}): what is held of it can neither be sold nor protected anew until it does.");
            else problem = ProblemOf(symbol) ?? await ProblemOfOrderAsync(symbol, cancellation);
        }

        return new AccountReport(problem is null ? view : null, problem, advice);
    }

    private static bool Owns(AccountView view, SymbolListing symbol) => view.Balances.Any(balance => string.Equals(balance.Asset, symbol.BaseAsset, StringComparison.Ordinal));

    /// <summary>Requests bear the exchange's time and would pass; the age of data, which stops entries, is told by the clock here.</summary>
    private async Task<string?> ProblemOfClockAsync(List<string> advice, CancellationToken cancellation)
    {
        var measured = await _patience.AskAsync(() => account.ClockOffsetAsync(cancellation), cancellation);
        if (!measured.TryGet(out var offset)) return measured.Error!.Sentence;
        var allowed = options.ClockSeconds > 0 ? options.ClockSeconds : UncheckedClockSeconds;
        if (offset.Duration() <= TimeSpan.FromSeconds(allowed)) return null;
        var told = string.Create(CultureInfo.InvariantCulture, $"The clock of this machine is {Counted.Of((decimal)offset.Duration().TotalSeconds, "second")} {(offset > TimeSpan.Zero ? "behind" : "ahead of")} that of Binance");
        if (options.ClockSeconds > 0) return string.Create(CultureInfo.InvariantCulture, $"{told}, and {allowed} are allowed; {options.ClockRemedy}.");
        advice.Add($"{told}, so that every entry may come too late; {options.ClockRemedy}.");
        return null;
    }

    private async Task<string?> ProblemOfKeyAsync(List<string> advice, CancellationToken cancellation)
    {
        const string Unknown = "Nobody can tell here whether the API key may withdraw; see at Binance that it may not.";
        if (!options.AsksRights)
        {
            advice.Add(Unknown);
            return null;
        }

        var answer = await _patience.AskAsync(() => account.KeyRightsAsync(cancellation), cancellation);
        if (answer.Error is { HttpStatus: NotThere })
        {
            advice.Add(Unknown);
            return null;
        }

        if (!answer.TryGet(out var rights)) return answer.Error!.Sentence;
        if (!rights.EnableSpotAndMarginTrading) return NoTrading;
        if (rights.EnableWithdrawals && !options.AllowsWithdrawal)
            return $"The API key may withdraw, so that whoever steals it could empty the account; make one at Binance that may only read and trade, or set {BinanceOptions.Section}:AllowWithdrawalKey=true to use this one all the same.";
        if (rights.EnableWithdrawals) advice.Add("The API key may withdraw: whoever steals it can empty the account.");
        if (!rights.IpRestrict) advice.Add("The API key works from every address; restrict it at Binance to that of this machine.");
        return null;
    }

    private static string? ProblemOf(SymbolListing symbol)
    {
        const string Leave = "leave it out of Market:Symbols";
        if (symbol.CoreStatus != SymbolStatus.Trading) return $"Binance does not trade {symbol.Symbol} now ({symbol.Status.ToString().ToLowerInvariant()}); {Leave}, or start again when it is traded.";
        if (!symbol.OrderTypes.Contains(BinanceOrderType.Market) || !symbol.AllowsQuoteQuantity) return $"Binance takes no market orders by value for {symbol.Symbol}, with which positions are opened; {Leave}.";
        var hasStop = symbol.OrderTypes.Contains(BinanceOrderType.StopLoss) || symbol.OrderTypes.Contains(BinanceOrderType.StopLossLimit);
        return hasStop && symbol.AllowsOco && symbol.OrderTypes.Contains(BinanceOrderType.LimitMaker)
            ? null
            : $"Binance takes no {(hasStop ? "pair of stop and target" : "stop")} for {symbol.Symbol}, so that no position of it could be protected; {Leave}.";
    }

    /// <summary>Has an entry checked as it would be sent; that there is no money for it now is no fault.</summary>
    private async Task<string?> ProblemOfOrderAsync(SymbolListing symbol, CancellationToken cancellation)
    {
        var entry = new OrderRequest
        {
            Kind = RequestKind.Place,
            OrderId = 1,
            Symbol = symbol.Symbol,
            Side = OrderSide.Buy,
            Type = OrderType.Market,
            Purpose = OrderPurpose.Entry,
            Budget = symbol.Rules.MinNotional > 0 ? symbol.Rules.MinNotional * AboveLeast : LeastValue,
        };
        var ticket = Tickets.Of(in entry, names, symbol, new ExecutionOptions());
        return (await _patience.AskAsync(() => orders.TestAsync(ticket, cancellation), cancellation)).Error switch
        {
            null => null,
            { Kind: BinanceErrorKind.Rejected, Code: EngineRefusal } refused when Outcomes.ReasonOf(refused) == RejectReason.InsufficientBalance => null,
            { Kind: BinanceErrorKind.Rejected } refused => $"Binance would not take an order for {symbol.Symbol} as it would be sent: '{refused.Message}' ({refused.Code}); leave it out of Market:Symbols.",
            { Kind: BinanceErrorKind.KeyRefused } => NoTrading,
            var error => error.Sentence,
        };
    }
}
