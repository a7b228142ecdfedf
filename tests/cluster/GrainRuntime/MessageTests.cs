#if !ORLEANS
using System.Collections.Immutable;
using Orleans;
using Orleans.Embedded;
using Orleans.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

[Immutable]
public sealed record Quote(string Symbol, double Bid, double Ask)
{
    public double Spread => Ask - Bid;
}

public sealed record Secret
{
    private Secret(string value) => Value = value;

    public string Value { get; }

    public static Secret Of(string value) => new(value);
}

/// <summary>Its count has no property that JSON could write.</summary>
public sealed record Tally
{
    private int _count;

    public string Name { get; init; } = string.Empty;

    public static Tally Of(string name, int count) => new() { Name = name, _count = count };

    public int Count() => _count;
}

public sealed record Basket(ImmutableArray<Tally> Tallies, Dictionary<string, Tally> ByName, DateTime At);

public interface IQuoteGrain : IGrainWithStringKey
{
    [return: Immutable]
    Task<Quote> KeepAsync([Immutable] Quote quote);

    Task<bool> KeptIsAsync(Quote quote);

    Task TakeSecretAsync(Secret secret);

    Task TakeTallyAsync(Tally tally);

    Task TakeBasketAsync(Basket basket);

    Task<Tally> TallyAsync();
}

public sealed class QuoteGrain : Grain, IQuoteGrain
{
    private Quote? _quote;

    public Task<Quote> KeepAsync(Quote quote) => Task.FromResult(_quote = quote);

    public Task<bool> KeptIsAsync(Quote quote) => Task.FromResult(ReferenceEquals(_quote, quote));

    public Task TakeSecretAsync(Secret secret) => Task.CompletedTask;

    public Task TakeTallyAsync(Tally tally) => Task.CompletedTask;

    public Task TakeBasketAsync(Basket basket) => Task.CompletedTask;

    public Task<Tally> TallyAsync() => Task.FromResult(Tally.Of("lost", 7));
}

/// <summary>Strict messages are a mode of the embedded runtime; Orleans copies and serializes in its own way.</summary>
public sealed class MessageTests
{
    private static readonly Quote Quote = new("BTCUSDT", 1.5, double.NaN);

    [Fact]
    public async Task Messages_are_shared_unless_a_host_is_strict()
    {
        await using var runtime = await RuntimeFixture.StartAsync(silo =>
            silo.Configure<EmbeddedSerializerOptions>(options => options.CopyMessages = new EmbeddedSerializerOptions().CopyMessages));
        Assert.Same(Quote, await runtime.Grains.GetGrain<IQuoteGrain>("a").KeepAsync(Quote).Soon());
    }

    [Fact]
    public async Task Copied_messages_arrive_equal_but_never_the_same()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IQuoteGrain>("a");
        var result = await grain.KeepAsync(Quote).Soon();
        Assert.Equal(Quote, result);
        Assert.NotSame(Quote, result);
        Assert.False(await grain.KeptIsAsync(result).Soon());
    }

    [Fact]
    public async Task A_message_that_cannot_be_copied_names_its_argument()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => runtime.Grains.GetGrain<IQuoteGrain>("a").TakeSecretAsync(Secret.Of("x")).Soon());
        Assert.Contains("'secret' of", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_loses_a_field_fails_its_call_and_names_the_field()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IQuoteGrain>("a");
        await grain.TakeTallyAsync(Tally.Of("empty", 0)).Soon();
        var argument = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.TakeTallyAsync(Tally.Of("full", 7)).Soon());
        Assert.Equal($"The argument 'tally' of {typeof(IQuoteGrain)}.TakeTallyAsync does not survive serialization: Tally._count is 7 and arrives as 0.", argument.Message);
        var result = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.TallyAsync().Soon());
        Assert.Equal($"The result of {typeof(IQuoteGrain)}.TallyAsync does not survive serialization: Tally._count is 7 and arrives as 0.", result.Message);
    }

    [Fact]
    public async Task A_loss_is_found_however_deep_it_lies()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var grain = runtime.Grains.GetGrain<IQuoteGrain>("a");
        var sound = new Basket([Tally.Of("a", 0)], new(StringComparer.Ordinal) { ["b"] = Tally.Of("b", 0) }, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await grain.TakeBasketAsync(sound).Soon();
        await AssertLost(sound with { Tallies = [Tally.Of("a", 0), Tally.Of("b", 1)] }, "Basket.Tallies[1]._count is 1 and arrives as 0.");
        await AssertLost(sound with { ByName = new(StringComparer.Ordinal) { ["b"] = Tally.Of("b", 2) } }, "Basket.ByName[b]._count is 2 and arrives as 0.");

        async Task AssertLost(Basket basket, string expected)
        {
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.TakeBasketAsync(basket).Soon());
            Assert.EndsWith(expected, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task References_travel_in_copied_messages()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var observer = new NewsObserver(runtime.Probe);
        var grain = runtime.Grains.GetGrain<INewsGrain>("a");
        await grain.SubscribeAsync(runtime.Grains.CreateObjectReference<INewsObserver>(observer)).Soon();
        await grain.TellAsync("news").Soon();
        await runtime.Probe.Seen("news");
    }
}
#endif
