using OrleansTrader.Core.Accounts;
using OrleansTrader.Core.Market;
using Xunit;

namespace OrleansTrader.Core.Tests.Accounts;

public class RequestQueueTests
{
    private static readonly DateTime Time = new(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly RequestQueue _queue = new();

    [Fact]
    public void Cancellations_leave_first_then_what_reduces_then_entries()
    {
        _queue.Add([Place(1, OrderPurpose.Entry), Place(2, OrderPurpose.Exit), Cancel(3), Place(4, OrderPurpose.Protection), Cancel(5)]);
        Assert.Equal([3, 5, 2, 4, 1], Ids());
    }

    [Fact]
    public void What_comes_while_others_wait_takes_its_rank_at_once()
    {
        _queue.Add([Place(1, OrderPurpose.Entry), Place(2, OrderPurpose.Entry)]);
        Assert.True(_queue.TryTake(out var first));
        _queue.Add([Place(3, OrderPurpose.Exit)]);
        Assert.Equal(1, first.OrderId);
        Assert.Equal([3, 2], Ids());
    }

    [Fact]
    public void An_order_that_has_not_left_can_be_taken_back_and_no_other()
    {
        _queue.Add([Place(1, OrderPurpose.Entry), Cancel(1), Place(2, OrderPurpose.Entry)]);
        Assert.True(_queue.Withdraw(1));
        Assert.False(_queue.Withdraw(1));
        Assert.False(_queue.Withdraw(7));
        Assert.Equal([1, 2], Ids());
    }

    private static OrderRequest Place(long id, OrderPurpose purpose) => new() { Kind = RequestKind.Place, OrderId = id, Symbol = "BTCUSDT", Purpose = purpose, ActiveFrom = Time };

    private static OrderRequest Cancel(long id) => OrderRequest.Cancel(id, "BTCUSDT", OrderPurpose.Entry, Time);

    private List<long> Ids()
    {
        var ids = new List<long>();
        while (_queue.TryTake(out var request)) ids.Add(request.OrderId);
        Assert.Equal(0, _queue.Count);
        return ids;
    }
}
