#if !ORLEANS
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

public interface IQuoteGrain : IGrainWithStringKey
{
    [return: Immutable]
    Task<Quote> KeepAsync([Immutable] Quote quote);

    Task<bool> KeptIsAsync(Quote quote);

    Task TakeSecretAsync(Secret secret);
}

public sealed class QuoteGrain : Grain, IQuoteGrain
{
    private Quote? _quote;

    public Task<Quote> KeepAsync(Quote quote) => Task.FromResult(_quote = quote);

    public Task<bool> KeptIsAsync(Quote quote) => Task.FromResult(ReferenceEquals(_quote, quote));

    public Task TakeSecretAsync(Secret secret) => Task.CompletedTask;
}

/// <summary>Copied messages are a mode of the embedded runtime; Orleans copies and serializes in its own way.</summary>
public sealed class MessageTests
{
    private static readonly Quote Quote = new("BTCUSDT", 1.5, double.NaN);

    [Fact]
    public async Task Messages_are_shared_by_default()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        Assert.Same(Quote, await runtime.Grains.GetGrain<IQuoteGrain>("a").KeepAsync(Quote).Soon());
    }

    [Fact]
    public async Task Copied_messages_arrive_equal_but_never_the_same()
    {
        await using var runtime = await StartCopyingAsync();
        var grain = runtime.Grains.GetGrain<IQuoteGrain>("a");
        var result = await grain.KeepAsync(Quote).Soon();
        Assert.Equal(Quote, result);
        Assert.NotSame(Quote, result);
        Assert.False(await grain.KeptIsAsync(result).Soon());
    }

    [Fact]
    public async Task A_message_that_cannot_be_copied_names_its_argument()
    {
        await using var runtime = await StartCopyingAsync();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => runtime.Grains.GetGrain<IQuoteGrain>("a").TakeSecretAsync(Secret.Of("x")).Soon());
        Assert.Contains("'secret' of", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task References_travel_in_copied_messages()
    {
        await using var runtime = await StartCopyingAsync();
        var observer = new NewsObserver(runtime.Probe);
        var grain = runtime.Grains.GetGrain<INewsGrain>("a");
        await grain.SubscribeAsync(runtime.Grains.CreateObjectReference<INewsObserver>(observer)).Soon();
        await grain.TellAsync("news").Soon();
        await runtime.Probe.Seen("news");
    }

    private static Task<RuntimeFixture> StartCopyingAsync() =>
        RuntimeFixture.StartAsync(silo => silo.Configure<EmbeddedSerializerOptions>(options => options.CopyMessages = true));
}
#endif
