using System.Linq.Expressions;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>An interface method with its type of result, so that no result is boxed on its way.</summary>
internal sealed class InterfaceMethod<TResult> : InterfaceMethod
{
    private readonly Lazy<Func<object, object?[], ValueTask<TResult>>> _invoker;

    public InterfaceMethod(MethodInfo method, ReturnShape shape)
        : base(method, shape) => _invoker = new(Compile);

    public ValueTask<TResult> InvokeAsync(object target, object?[] arguments) => _invoker.Value(target, arguments);

    public override object? Send(GrainReference reference, object?[] arguments) => Shape switch
    {
        ReturnShape.Task => SendAsync(reference, arguments),
        ReturnShape.ValueTask => new ValueTask(SendAsync(reference, arguments)),
        ReturnShape.ValueTaskOfResult => new ValueTask<TResult>(SendAsync(reference, arguments)),
        _ => SendNothing(reference, arguments),
    };

    /// <summary>Gives tasks and value tasks without a result the one shape that the runtime works with.</summary>
    internal static ValueTask<TResult> WithoutResult(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully) return Await(task);
        task.GetAwaiter().GetResult();
        return default;

        static async ValueTask<TResult> Await(ValueTask task)
        {
            await task;
            return default!;
        }
    }

    private Task<TResult> SendAsync(GrainReference reference, object?[] arguments) =>
        reference.Silo.Messages.SendAsync(reference, this, arguments);

    private object? SendNothing(GrainReference reference, object?[] arguments)
    {
        _ = SendAsync(reference, arguments);
        return null;
    }

    private Func<object, object?[], ValueTask<TResult>> Compile()
    {
        var target = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        var call = Expression.Call(
            Expression.Convert(target, Method.DeclaringType!),
            Method,
            Parameters.Select((parameter, index) =>
                Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index)), parameter.ParameterType)));
        return Expression.Lambda<Func<object, object?[], ValueTask<TResult>>>(ToValueTask(call), target, arguments).Compile();
    }

    private Expression ToValueTask(MethodCallExpression call)
    {
        var hasResult = typeof(TResult) != typeof(NoResult);
        var withoutResult = typeof(InterfaceMethod<TResult>).GetMethod(nameof(WithoutResult), BindingFlags.Static | BindingFlags.NonPublic)!;
        return Shape switch
        {
            ReturnShape.ValueTaskOfResult => call,
            ReturnShape.Task when hasResult => Expression.New(typeof(ValueTask<TResult>).GetConstructor([typeof(Task<TResult>)])!, call),
            ReturnShape.Task => Expression.Call(withoutResult, Expression.New(typeof(ValueTask).GetConstructor([typeof(Task)])!, call)),
            ReturnShape.ValueTask => Expression.Call(withoutResult, call),
            _ => Expression.Block(call, Expression.Default(typeof(ValueTask<TResult>))),
        };
    }
}
