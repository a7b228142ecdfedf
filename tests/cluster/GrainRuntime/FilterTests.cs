using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Xunit;

namespace OrleansTrader.Cluster.Tests.GrainRuntime;

public sealed class FilterTests
{
    [Fact]
    public async Task An_incoming_filter_sees_who_calls_what_with_which_arguments()
    {
        var seen = new List<string>();
        await using var runtime = await RuntimeFixture.StartAsync(silo => silo.AddIncomingGrainCallFilter(async context =>
        {
            await context.Invoke();
            if (context.InterfaceMethod.DeclaringType != typeof(ICallGrain)) return;
            var arguments = string.Join(",", Enumerable.Range(0, context.Request.GetArgumentCount()).Select(context.Request.GetArgument));
            lock (seen)
                seen.Add($"{Caller(context)} -> {context.TargetId} {context.ImplementationMethod.DeclaringType!.Name}.{context.MethodName}({arguments}) = {context.Result}");
        }));
        await runtime.Grains.GetGrain<ICallGrain>("a").ContextValueThroughAsync("b", "key").Soon();
        Assert.Equal(
            [
                "call/a -> call/b CallGrain.ContextValueAsync(key) = ",
                "outside -> call/a CallGrain.ContextValueThroughAsync(b,key) = ",
            ],
            seen);

        // A client outside of the silos has an id of its own.
        static string Caller(IIncomingGrainCallContext context) =>
            context.SourceId?.ToString() is { } id && !id.StartsWith("sys.client", StringComparison.Ordinal) ? id : "outside";
    }

    [Fact]
    public async Task Incoming_filters_run_in_order_and_may_change_arguments_and_result()
    {
        await using var runtime = await RuntimeFixture.StartAsync(silo =>
        {
            silo.AddIncomingGrainCallFilter(async context =>
            {
                await context.Invoke();
                if (context.Result is string text) context.Result = $"<{text}>";
            });
            silo.AddIncomingGrainCallFilter(context =>
            {
                if (context.Request.GetArgumentCount() > 0 && context.Request.GetArgument(0) is string text)
                    context.Request.SetArgument(0, text.ToUpperInvariant());
                return context.Invoke();
            });
        });
        Assert.Equal("<HELLO>", await runtime.Grains.GetGrain<ICallGrain>("a").EchoAsync("hello").Soon());
    }

    [Fact]
    public async Task A_filter_may_refuse_a_call_and_sees_what_the_method_throws()
    {
        var thrown = new List<string>();
        await using var runtime = await RuntimeFixture.StartAsync(silo => silo.AddIncomingGrainCallFilter(async context =>
        {
            if (string.Equals(context.MethodName, nameof(ICallGrain.EchoAsync), StringComparison.Ordinal)) throw new UnauthorizedAccessException();
            try
            {
                await context.Invoke();
            }
            catch (FormatException error)
            {
                thrown.Add(error.Message);
                throw;
            }
        }));
        var grain = runtime.Grains.GetGrain<ICallGrain>("a");
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => grain.EchoAsync("x").Soon());
        await Assert.ThrowsAsync<FormatException>(() => grain.FailAsync("why").Soon());
        Assert.Equal(["why"], thrown);
    }

    [Fact]
    public async Task An_outgoing_filter_wraps_the_calls_of_grains()
    {
        var sent = new List<string>();
        await using var runtime = await RuntimeFixture.StartAsync(silo => silo.AddOutgoingGrainCallFilter(context =>
        {
            lock (sent) sent.Add($"{context.MethodName} to {context.TargetId}");
            return context.Invoke();
        }));
        await runtime.Grains.GetGrain<ICallGrain>("a").ContextValueThroughAsync("b", "key").Soon();
        Assert.Contains("ContextValueAsync to call/b", sent, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Filters_may_be_classes_with_services_and_see_the_whole_call()
    {
        await using var runtime = await RuntimeFixture.StartAsync(silo =>
        {
            silo.AddIncomingGrainCallFilter<IncomingWitness>();
            silo.AddOutgoingGrainCallFilter<OutgoingWitness>();
        });
        await runtime.Grains.GetGrain<ICallGrain>("a").ContextValueThroughAsync("b", "key").Soon();
        var name = typeof(ICallGrain).FullName;
        var calls = runtime.Probe.Log.Where(line => line.Contains("ContextValueAsync", StringComparison.Ordinal)).ToList();
        Assert.Equal([$"call/a sends {name}.ContextValueAsync to call/b", $"CallGrain receives {name}.ContextValueAsync as call/b"], calls);
    }

    public sealed class IncomingWitness(Probe probe) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            probe.Mark($"{context.Grain.GetType().Name} receives {context.Request.GetInterfaceType().FullName}.{context.Request.GetMethodName()} as {context.TargetContext.GrainId}");
            return context.Invoke();
        }
    }

    public sealed class OutgoingWitness(Probe probe) : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context)
        {
            probe.Mark($"{context.SourceId} sends {context.Request.GetMethod().DeclaringType!.FullName}.{context.MethodName} to {((IAddressable)context.Grain).GetGrainId()}");
            return context.Invoke();
        }
    }
}
