using OrleansTrader.Adapters.Binance.Limits;

namespace OrleansTrader.Adapters.Tests.Binance.Limits;

public sealed class RateGateTests : IDisposable
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly RequestCost Order = new(1, Orders: 1, "main");
    private static readonly RequestCost Look = new(1);

    private readonly ManualClock _clock = new();
    private readonly RateGate _gate;

    public RateGateTests() => _gate = new RateGate(
        new RateLimitOptions { Initial = [new(RateLimitKind.RequestWeight, Minute, 100), new(RateLimitKind.Orders, TenSeconds, 10)] },
        _clock);

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task Data_stops_at_its_share_and_leaves_the_rest_to_entries_exits_and_the_kill_switch()
    {
        Assert.Equal(60, await FillAsync(Look, RequestRank.Data));
        Assert.Equal(20, await FillAsync(Look, RequestRank.Entry));
        Assert.Equal(15, await FillAsync(Look, RequestRank.Exit));
        Assert.Equal(5, await FillAsync(Look, RequestRank.Kill));
        Assert.Equal(4, _gate.Waiting);
    }

    [Fact]
    public async Task Of_those_that_wait_the_higher_rank_goes_first_and_within_a_rank_the_first_come()
    {
        var underWay = new Stack<RateTicket>();
        for (var i = 0; i < 10; i++) underWay.Push(await EnterAsync(_gate, Order, RequestRank.Kill));
        RequestRank[] ranks = [RequestRank.Entry, RequestRank.Exit, RequestRank.Entry, RequestRank.Exit, RequestRank.Kill];
        var waiting = ranks.Select(rank => EnterAsync(_gate, Order, rank)).ToList();
        var order = new List<int>();
        while (underWay.TryPop(out var ticket))
        {
            ticket.Settle(RequestEnd.NeverSent);
            while (waiting.Count(task => !task.IsCompleted) > _gate.Waiting) await Task.Yield();
            order.AddRange(Enumerable.Range(0, waiting.Count).Where(i => waiting[i].IsCompleted && !order.Contains(i)));
        }

        Assert.Equal([4, 1, 3, 0, 2], order);
    }

    [Fact]
    public async Task An_exit_that_waits_for_room_holds_up_entries_but_not_what_takes_no_orders()
    {
        await FillAsync(Order, RequestRank.Kill);
        var exit = EnterAsync(_gate, Order, RequestRank.Exit);
        var entry = EnterAsync(_gate, Order, RequestRank.Entry);
        (await EnterAsync(_gate, Look, RequestRank.Data)).Dispose();
        (await EnterAsync(_gate, Order with { Account = "other" }, RequestRank.Entry)).Dispose();
        Assert.False(exit.IsCompleted || entry.IsCompleted);
    }

    [Fact]
    public async Task After_429_nothing_passes_until_the_time_that_was_told_and_then_the_exit_is_first()
    {
        _gate.Stop(StandstillReason.TooManyRequests, TimeSpan.FromSeconds(7));
        var kill = EnterAsync(_gate, Look, RequestRank.Kill);
        Assert.Equal(new Standstill(StandstillReason.TooManyRequests, _clock.GetUtcNow().UtcDateTime.AddSeconds(7)), _gate.Standstill);
        _clock.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(kill.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        (await kill).Dispose();
        Assert.Null(_gate.Standstill);
    }

    [Fact]
    public void A_ban_freezes_everything_and_a_shorter_pause_does_not_end_it()
    {
        _gate.Stop(StandstillReason.Banned, TimeSpan.FromHours(3));
        _gate.Stop(StandstillReason.TooManyRequests, TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromMinutes(179));
        Assert.Equal(StandstillReason.Banned, _gate.Standstill!.Value.Reason);
        _ = EnterAsync(_gate, Look, RequestRank.Kill);
        Assert.Equal(1, _gate.Waiting);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _gate.Waiting);
    }

    [Fact]
    public void Too_many_orders_stop_the_orders_of_that_account_alone()
    {
        _gate.StopOrders("main", TimeSpan.FromSeconds(4));
        _ = EnterAsync(_gate, Order, RequestRank.Exit);
        Assert.True(EnterAsync(_gate, Order with { Account = "other" }, RequestRank.Entry).IsCompleted);
        Assert.True(EnterAsync(_gate, Look, RequestRank.Data).IsCompleted);
        Assert.Equal(1, _gate.Waiting);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(0, _gate.Waiting);
    }

    [Fact]
    public async Task What_others_behind_the_same_address_have_used_is_learnt_from_the_answers()
    {
        (await EnterAsync(_gate, Look, RequestRank.Data)).Settle(RequestEnd.Answered);
        _gate.Observe(RateLimitKind.RequestWeight, Minute, 51, "");
        Assert.Equal(9, await FillAsync(Look, RequestRank.Data));
    }

    [Fact]
    public async Task What_others_used_in_a_window_that_is_over_does_not_stand_for_what_they_use_in_this_one()
    {
        // The exchange's windows begin at the half of a minute: others have used 60 in the one before it, and 54 in the one after.
        _gate.Observe(RateLimitKind.RequestWeight, Minute, 60, "");
        _clock.Advance(TimeSpan.FromSeconds(55));
        (await EnterAsync(_gate, Look, RequestRank.Exit)).Settle(RequestEnd.Answered);
        _gate.Observe(RateLimitKind.RequestWeight, Minute, 55, "");
        Assert.Equal(0, await FillAsync(Look, RequestRank.Data));

        _clock.Advance(TimeSpan.FromSeconds(8));
        // Of 60 for data; one waited and has passed.
        Assert.Equal(0, _gate.Waiting);
        Assert.Equal(4, await FillAsync(Look, RequestRank.Data));
    }

    [Fact]
    public async Task Limits_that_the_exchange_states_hold_from_then_on_and_what_was_used_still_counts()
    {
        Assert.Equal(8, await FillAsync(Order, RequestRank.Entry));
        _gate.Adopt([new(RateLimitKind.Orders, TenSeconds, 20), new(RateLimitKind.Orders, Minute, 15), new(RateLimitKind.Unknown, Minute, 1)]);
        // 12 of 15 a minute, of which 8 are used, and one that waited has passed.
        Assert.Equal(3, await FillAsync(Order, RequestRank.Entry));
    }

    [Fact]
    public async Task Who_gives_up_takes_nothing_and_lets_the_next_one_go()
    {
        await FillAsync(Look, RequestRank.Exit);
        using var patience = new CancellationTokenSource();
        var dear = _gate.EnterAsync(new RequestCost(50), RequestRank.Exit, patience.Token).AsTask();
        var kill = EnterAsync(_gate, Look, RequestRank.Kill);
        (await kill).Settle(RequestEnd.NeverSent);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dear);
        Assert.Equal(1, _gate.Waiting);
    }

    [Fact]
    public void What_takes_more_than_a_limit_has_is_refused_at_once() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = EnterAsync(_gate, new RequestCost(101), RequestRank.Kill); });

    [Fact]
    public async Task A_request_under_way_counts_until_a_window_after_its_answer()
    {
        using var gate = new RateGate(new RateLimitOptions { Initial = [new(RateLimitKind.RequestWeight, TenSeconds, 1)] }, _clock);
        var ticket = await EnterAsync(gate, Look, RequestRank.Kill);
        _ = EnterAsync(gate, Look, RequestRank.Kill);
        _clock.Advance(TenSeconds * 3);
        Assert.Equal(1, gate.Waiting);
        ticket.Settle(RequestEnd.Answered);
        _clock.Advance(TenSeconds * 0.99);
        Assert.Equal(1, gate.Waiting);
        _clock.Advance(TenSeconds * 0.05);
        Assert.Equal(0, gate.Waiting);
    }

    private static Task<RateTicket> EnterAsync(RateGate gate, RequestCost cost, RequestRank rank) =>
        gate.EnterAsync(cost, rank, TestContext.Current.CancellationToken).AsTask();

    /// <returns>How many passed; one more waits from then on.</returns>
    private async Task<int> FillAsync(RequestCost cost, RequestRank rank)
    {
        var before = _gate.Waiting;
        for (var count = 0; ; count++)
        {
            var entry = EnterAsync(_gate, cost, rank);
            if (_gate.Waiting > before) return count;
            (await entry).Settle(RequestEnd.Answered);
        }
    }
}
