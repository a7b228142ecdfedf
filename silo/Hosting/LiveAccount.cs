using System.Collections.Frozen;
using System.Globalization;
using OrleansTrader.Adapters.Binance;
using OrleansTrader.Adapters.Binance.Calls;
using OrleansTrader.Adapters.Binance.Execution;
using OrleansTrader.Adapters.Binance.Rest;
using OrleansTrader.Adapters.Binance.Signing;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Silo.Hosting;

/// <summary>The account at the exchange as a start found it, and all that is needed to trade with it.</summary>
internal sealed class LiveAccount
{
    private LiveAccount(TraderSettings settings, ExchangeLine line, ApiCredentials credentials, RestConnection rest, FrozenDictionary<string, SymbolListing> listings) =>
        (Mode, Line, Credentials, Rest, Listings, FirstDayOrderValue) = (settings.Account.Mode, line, credentials, rest, listings, settings.Account.FirstDayOrderValue);

    /// <summary>Live or dry run.</summary>
    public AccountMode Mode { get; }

    public ExchangeLine Line { get; }

    public ApiCredentials Credentials { get; }

    /// <summary>Signs for the account.</summary>
    public RestConnection Rest { get; }

    /// <summary>The symbols that are traded, by name.</summary>
    public FrozenDictionary<string, SymbolListing> Listings { get; }

    /// <summary>The symbols that the market is asked for, those included that are only looked at.</summary>
    public IReadOnlyList<string> Asked { get; private init; } = [];

    /// <summary>As the settings have it.</summary>
    public decimal FirstDayOrderValue { get; }

    /// <summary>Quote currency owned, what orders hold included.</summary>
    public decimal Cash { get; private init; }

    /// <summary>What the journal binds the account to beside its market: the mode and the number that the exchange gives it.</summary>
    public string Holder { get; private init; } = "";

    /// <summary>What its owner should know, a sentence each.</summary>
    public IReadOnlyList<string> Advice { get; private init; } = [];

    /// <summary>Opens the keys and looks whether the account can be traded with; nothing is placed and nothing is written.</summary>
    /// <returns>Null for an account on paper.</returns>
    /// <param name="name">Of the account here.</param>
    /// <exception cref="ExchangeAccountException">It cannot.</exception>
    /// <exception cref="Adapters.Secrets.SecretException">The keys cannot be had.</exception>
    /// <exception cref="BinanceKeyException">They are none.</exception>
    public static LiveAccount? Connect(TraderSettings settings, StateLayout state, MarketChoice market, string name)
    {
        if (settings.Account.Mode == AccountMode.Paper || market.Line is not { } line) return null;
        var credentials = BinanceKeys.Open(settings, state);
        // A start has nothing else to do, and no thread waits for another here.
        return ConnectAsync(settings, market, name, line, credentials).GetAwaiter().GetResult();
    }

    private static async Task<LiveAccount> ConnectAsync(TraderSettings settings, MarketChoice market, string name, ExchangeLine line, ApiCredentials credentials)
    {
        var rest = line.Connect(credentials, name);
        var quote = market.Feed.Symbols[0].QuoteAsset;
        // As the market is asked, so that one answer serves both.
        string[] asked = [.. market.Whole.Symbols.Select(rules => rules.Symbol)];
        var told = await line.Patience.AskAsync(() => line.Market.ExchangeInfoAsync(asked));
        if (!told.TryGet(out var info)) throw new ExchangeAccountException(told.Error!.Sentence);
        var calls = new AccountCalls(rest, new CacheOptions(), line.Time);
        var check = new AccountCheck(calls, new OrderCalls(rest), new OrderNames(name), TermsOf(settings.Binance, settings.Rehearsal, market.Place), line.Patience);
        SymbolListing[] traded = [.. market.Feed.Symbols.Select(rules => info.Symbols[rules.Symbol])];
        var report = await check.CheckAsync(traded);
        if (report.Account is not { } account) throw new ExchangeAccountException(report.Problem!);
        await RefuseWorkingAsync(settings.Account.HandOverList, calls, line.Patience);
        // Those of an earlier run count on, and a kill switch must not be the one that meets the limit.
        var uncounted = await calls.LearnOrderCountsAsync();
        var mode = SettingForms.WordOf(settings.Account.Mode.ToString());
        return new LiveAccount(settings, line, credentials, rest, traded.ToFrozenDictionary(listing => listing.Symbol, StringComparer.Ordinal))
        {
            Asked = asked,
            Cash = account.Balances.Where(balance => string.Equals(balance.Asset, quote, StringComparison.Ordinal)).Sum(balance => balance.Free + balance.Locked),
            Holder = string.Create(CultureInfo.InvariantCulture, $"{mode} account {account.Uid}"),
            Advice = uncounted is null ? report.Advice : [.. report.Advice, $"How many orders Binance has counted of this account before the start is not known. {uncounted.Sentence}"],
        };
    }

    /// <summary>An order that works on would sell what is its owner's from now on, and nobody would look after it.</summary>
    private static async Task RefuseWorkingAsync(IReadOnlyList<string> handedOver, AccountCalls calls, StartPatience patience)
    {
        if (handedOver.Count == 0) return;
        var told = await patience.AskAsync(() => calls.OpenOrdersAsync(symbol: null));
        if (!told.TryGet(out var open)) throw new ExchangeAccountException(told.Error!.Sentence);
        if (open.FirstOrDefault(order => handedOver.Contains(order.Symbol, StringComparer.Ordinal)) is { } working)
            throw new ExchangeAccountException($"{AccountSettings.Section}:{nameof(AccountSettings.HandOver)} has {working.Symbol}, of which an order still works at Binance; cancel it there first.");
    }

    private static AccountCheckOptions TermsOf(BinanceSettings binance, RehearsalSettings rehearsal, ExchangePlace? place)
    {
        var isRehearsal = place is { Kind: ExchangeKind.Rehearsal };
        return new()
        {
            AllowsWithdrawal = binance.AllowWithdrawalKey,
            // Of the exchange's own places only production has the call; an address of one's own may lead there.
            AsksRights = binance.RestUrl.Length > 0 || binance.Place == BinancePlace.Production,
            // The time of an exchange to rehearse at may be any, unless somebody says which.
            ClockSeconds = rehearsal.IsSet ? rehearsal.AtLeast(new AccountCheckOptions().ClockSeconds, machineSeconds: 2)
                : isRehearsal ? 0 : new AccountCheckOptions().ClockSeconds,
            ClockRemedy = rehearsal.IsSet || isRehearsal ? "set Rehearsal:Speed and Rehearsal:Since to what 'trader exchange' says at its start" : new AccountCheckOptions().ClockRemedy,
        };
    }
}
