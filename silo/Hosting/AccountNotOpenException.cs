using OrleansTrader.Core.Ports;
using OrleansTrader.GrainInterfaces;

namespace OrleansTrader.Silo.Hosting;

/// <summary>Thrown when the account cannot go on: its journal fails, it was opened on another market, or the market lacks a symbol that it needs.</summary>
public sealed class AccountNotOpenException : OperatorException
{
    public AccountNotOpenException()
    {
    }

    public AccountNotOpenException(string message)
        : base(message)
    {
    }

    public AccountNotOpenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static AccountNotOpenException Of(OpenOutcome outcome, ServiceInfo service, IMarketFeed offered) => new(outcome.Result switch
    {
        OpenResult.BoundElsewhere =>
            $"Account {service.Account} is bound to '{outcome.Market}' and cannot go on with '{service.BindingTo(offered)}'; put the settings of market and account back, or set Account:Name to open another account.",
        OpenResult.LacksSymbols =>
            $"Account {service.Account} has a position or an open order in {string.Join(", ", outcome.Missing)}, which nothing would protect, since the market has {string.Join(", ", offered.Symbols.Select(rules => rules.Symbol))} only; bring its candles and name it in Market:Symbols, set Account:HandOver={string.Join(',', outcome.Missing)} to have everything that it has of it where nobody trades it any more, or set Account:Name to open another account.",
        _ => outcome.Problem,
    });
}
