namespace Orleans;

/// <summary>A state as storage reads and writes it.</summary>
public interface IGrainState<T>
{
    T? State { get; set; }

    string? ETag { get; set; }

    bool RecordExists { get; set; }
}
