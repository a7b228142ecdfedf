using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Ports;

namespace OrleansTrader.Grains;

/// <summary>Looks what an account has at its live exchange, and gives up after a while.</summary>
internal sealed class ExchangeLook(ILiveExchange exchange, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <returns>Null when the exchange could not be asked, or has not answered in time.</returns>
    public async Task<ExchangePicture?> TakeAsync(CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await exchange.LookAsync(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return null;
        }
    }
}
