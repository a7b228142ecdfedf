#if !ORLEANS
using OrleansTrader.Adapters.Storage;

namespace OrleansTrader.Cluster.Tests.Simulation;

/// <summary>A disk that keeps what was flushed; of what was not, a crash keeps as much as it likes.</summary>
internal sealed class SimulatedDisk(World world) : Disk
{
    private const int SectorLength = 512;

    private readonly List<SimulatedFile> _open = [];

    public override AppendFile Open(string path)
    {
        var file = new SimulatedFile(this, world, path);
        _open.Add(file);
        return file;
    }

    public void LoseUnsynced()
    {
        foreach (var file in _open.ToArray()) file.Lose();
        _open.Clear();
    }

    private sealed class SimulatedFile(SimulatedDisk disk, World world, string path) : AppendFile(path)
    {
        private byte[] _unsynced = [];
        private long _position;

        public override void Write(ReadOnlySpan<byte> bytes, long position)
        {
            (_unsynced, _position) = (bytes.ToArray(), position);
            CutPowerPerhaps("the power goes before the flush");
        }

        public override void Flush()
        {
            base.Write(_unsynced, _position);
            _unsynced = [];
            CutPowerPerhaps("the power goes after the flush");
        }

        public void Lose()
        {
            // Any beginning of it may have reached the disk, but a sector is written whole or not at all.
            var isOneSector = _unsynced.Length > 0 && _position / SectorLength == (_position + _unsynced.Length - 1) / SectorLength;
            var kept = isOneSector ? _unsynced.Length * world.Random.Next(2) : world.Random.Next(_unsynced.Length + 1);
            if (_unsynced.Length > 0) world.Say($"of {_unsynced.Length} unsynced bytes {kept} are there");
            base.Write(_unsynced.AsSpan(0, kept), _position);
            _unsynced = [];
        }

        protected override void Dispose(bool disposing)
        {
            disk._open.Remove(this);
            base.Dispose(disposing);
        }

        private void CutPowerPerhaps(string what)
        {
            if (!world.Fails(200, what)) return;
            world.CutPower();
            throw new IOException("the power is gone");
        }
    }
}
#endif
