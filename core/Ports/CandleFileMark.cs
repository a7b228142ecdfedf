namespace OrleansTrader.Core.Ports;

/// <summary>What a file looks like from outside; two that are equal are taken for the same content.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Written">The last write, UTC.</param>
/// <param name="Sample">SHA-256 of its first and last 4 KiB, in hexadecimal digits.</param>
public readonly record struct CandleFileMark(long Length, DateTime Written, string Sample);
