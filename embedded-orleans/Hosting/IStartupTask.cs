namespace Orleans.Runtime;

/// <summary>Runs once when the silo has started; a failure stops the start of the host.</summary>
public interface IStartupTask
{
    Task Execute(CancellationToken cancellationToken);
}
