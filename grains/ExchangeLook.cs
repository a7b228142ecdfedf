using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Grains;

/// <summary>Looks what an account has at its live exchange, and gives up after a while.</summary>
/// <param name="ended">Is called after each look, whatever it came to.</param>
internal sealed class ExchangeLook(ILiveExchange exchange, TimeProvider clock, Action ended)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The exchange trades none of the account's symbols, or none for this account, as it said last.</summary>
    public bool IsClosed { get; private set; }

    /// <returns>Null when the exchange could not be asked, or has not answered in time.</returns>
    public async Task<ExchangePicture?> TakeAsync(CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            var picture = await exchange.LookAsync(either.Token);
            if (picture is not null) IsClosed = !picture.Rules.IsEmpty && picture.Rules.All(rules => picture.IsClosed(rules.Symbol));
            return picture;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            ended();
        }
    }
}
