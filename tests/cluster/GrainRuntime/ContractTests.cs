using Orleans;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public interface IOrphanGrain : IGrainWithStringKey;

public sealed class ContractTests
{
    [Fact]
    public async Task An_interface_without_implementation_is_named_in_the_error()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var error = Assert.Throws<ArgumentException>(() => runtime.Grains.GetGrain<IOrphanGrain>("a"));
        Assert.Contains(nameof(IOrphanGrain), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_implementations_need_a_prefix_to_choose_one()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        Assert.Throws<ArgumentException>(() => runtime.Grains.GetGrain<IStepGrain>("a"));
        Assert.Equal("a", runtime.Grains.GetGrain<IStepGrain>("a", typeof(ReentrantStepGrain).FullName).GetPrimaryKeyString());
    }

#if !ORLEANS
    // Orleans refuses such an interface when it is compiled.
    public interface IWrongGrain : IGrainWithStringKey
    {
        string AnswerAtOnce();
    }

    public sealed class WrongGrain : Grain, IWrongGrain
    {
        public string AnswerAtOnce() => string.Empty;
    }

    [Fact]
    public async Task A_method_that_returns_no_task_is_named_in_the_error()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        var error = Assert.Throws<NotSupportedException>(() => runtime.Grains.GetGrain<IWrongGrain>("a"));
        Assert.Contains("IWrongGrain.AnswerAtOnce", error.Message, StringComparison.Ordinal);
    }
#endif
}
