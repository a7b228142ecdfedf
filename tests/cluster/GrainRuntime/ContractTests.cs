using Orleans;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public interface IOrphanGrain : IGrainWithStringKey;

public interface IChoiceGrain : IGrainWithStringKey;

public sealed class FirstChoiceGrain : Grain, IChoiceGrain;

public sealed class SecondChoiceGrain : Grain, IChoiceGrain;

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
        Assert.Throws<ArgumentException>(() => runtime.Grains.GetGrain<IChoiceGrain>("a"));
        Assert.Equal("secondchoice/a", runtime.Grains.GetGrain<IChoiceGrain>("a", typeof(SecondChoiceGrain).FullName).GetGrainId().ToString());
    }

    [Fact]
    public async Task The_class_that_is_named_like_the_interface_comes_before_the_others()
    {
        await using var runtime = await RuntimeFixture.StartAsync();
        Assert.Equal("step/a", runtime.Grains.GetGrain<IStepGrain>("a").GetGrainId().ToString());
        Assert.Equal("reentrantstep/a", runtime.Grains.GetGrain<IStepGrain>("a", typeof(ReentrantStepGrain).FullName).GetGrainId().ToString());
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
