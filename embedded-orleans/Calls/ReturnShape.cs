namespace Orleans.Runtime;

/// <summary>How a method of a grain interface gives its result back.</summary>
internal enum ReturnShape
{
    Task,
    ValueTask,
    ValueTaskOfResult,
    Nothing,
}
