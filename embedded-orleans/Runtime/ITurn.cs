namespace Orleans.Runtime;

/// <summary>Something an activation executes on its scheduler. It reports its own errors and never throws.</summary>
internal interface ITurn
{
    void Execute();
}
