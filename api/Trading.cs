using OrleansTrader.GrainInterfaces;
using OrleansTrader.GrainInterfaces.Views;
using OrleansTrader.Silo;
using OrleansTrader.Silo.Entries;
using OrleansTrader.Silo.Valuation;

namespace OrleansTrader.Api;

/// <summary>The grains that this service shows and controls.</summary>
internal sealed class Trading(Orleans.IGrainFactory grains, ServiceInfo service, AccountValuation valuation, EntryObstacles obstacles)
{
    public ServiceInfo Service => service;

    public IPortfolioGrain Portfolio => grains.GetGrain<IPortfolioGrain>(service.Account);

    public IExchangeGrain Exchange => grains.GetGrain<IExchangeGrain>(service.Account);

    public IStrategyGrain Strategy => grains.GetGrain<IStrategyGrain>(service.StrategyKey);

    /// <summary>The symbol as the market writes it, however a person does; null when there is none.</summary>
    public string? Find(string symbol) => service.Symbols.FirstOrDefault(known => string.Equals(known, symbol, StringComparison.OrdinalIgnoreCase));

    public IJournalGrain Journal(string account) => grains.GetGrain<IJournalGrain>(account);

    public ISymbolGrain Symbol(string symbol) => grains.GetGrain<ISymbolGrain>(symbol);

    public Task<SymbolView[]> SymbolsAsync() => Task.WhenAll(service.Symbols.Select(symbol => Symbol(symbol).ViewAsync()));

    /// <summary>The account in the other currency that its owner has named; null where none is.</summary>
    public async Task<ValuationAnswer?> ValuationAsync(PortfolioView portfolio)
    {
        var figures = portfolio.Figures;
        var pnl = figures.Equity - portfolio.StartCash - portfolio.Flows;
        return ValuationAnswer.Of(await valuation.AtAsync(portfolio.StepTime), figures.Equity, pnl, figures.OpenPnl, figures.Fees);
    }

    /// <summary>What the account has brought, also in that currency.</summary>
    public async Task<PerformanceAnswer> PerformanceAsync()
    {
        var (performance, portfolio) = (await Portfolio.PerformanceAsync(), await Portfolio.ViewAsync());
        var total = performance.Total;
        return PerformanceAnswer.Of(performance) with { Valuation = ValuationAnswer.Of(await valuation.AtAsync(portfolio.StepTime), equity: null, total.Pnl, open: null, total.Fees) };
    }

    /// <summary>The limits, told with the bound of the first day where that is narrower.</summary>
    public async Task<RiskView> RiskAsync()
    {
        var (portfolio, risk) = (await Portfolio.ViewAsync(), await Portfolio.RiskAsync());
        return FirstDayBound.Describe(portfolio.Arming, portfolio.StepTime) is { } bound ? risk with { Meaning = $"{bound} {risk.Meaning}" } : risk;
    }

    public async Task<StatusAnswer> StatusAsync() => await StatusAsync(await Portfolio.ViewAsync());

    /// <summary>Equal to the answer before as long as nothing has changed.</summary>
    public async Task<StatusAnswer> StatusAsync(PortfolioView portfolio)
    {
        var (strategy, exchange) = (await Strategy.ViewAsync(), await Exchange.ViewAsync());
        var inTheWay = await obstacles.FindAsync(portfolio, exchange, strategy);
        return new StatusAnswer(
            "OrleansTrader",
            typeof(Trading).Assembly.GetName().Version!.ToString(3),
            service.Account,
            service.Source,
            service.MarketDescription,
            service.Interval.ToString(),
            portfolio.Run,
            RunMeaning.Of(portfolio, service, inTheWay),
            strategy,
            exchange,
            portfolio.StepTime == default ? null : portfolio.StepTime,
            service.StartedAt,
            service.StateFolder,
            service.Symbols,
            portfolio.IsKilled)
        { Mode = service.Mode, Place = service.Place, EntryObstacles = inTheWay, Arming = ArmingStatus.Of(portfolio.Arming), Obstacle = portfolio.Obstacle };
    }
}
