using System.Collections.Concurrent;
using System.Globalization;

namespace Orleans.Runtime;

/// <summary>The factory of this silo, for grains and for the code around them.</summary>
internal sealed class GrainFactory(Silo silo) : IClusterClient
{
    private readonly ConcurrentDictionary<(Type Interface, IGrainObserver Observer), GrainId> _observers = new(ObserverIdentity.Instance);
    private long _lastObserver;

    public IServiceProvider ServiceProvider => silo.Services;

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey =>
        (TGrainInterface)Reference(typeof(TGrainInterface), GrainId.KeyOf(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)Reference(typeof(TGrainInterface), GrainId.KeyOf(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)Reference(typeof(TGrainInterface), StringKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey =>
        (TGrainInterface)Reference(typeof(TGrainInterface), GrainId.KeyOf(primaryKey, keyExtension), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey =>
        (TGrainInterface)Reference(typeof(TGrainInterface), GrainId.KeyOf(primaryKey, keyExtension), grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) =>
        (IGrain)Reference(grainInterfaceType, GrainId.KeyOf(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) =>
        (IGrain)Reference(grainInterfaceType, GrainId.KeyOf(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)Reference(grainInterfaceType, StringKey(grainPrimaryKey), null);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => (TGrainInterface)silo.References.Typed(grainId, typeof(TGrainInterface));

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference || obj is not TGrainObserverInterface)
            throw new ArgumentException($"{obj.GetType()} is not an object that implements {typeof(TGrainObserverInterface)}.", nameof(obj));

        var number = Interlocked.Increment(ref _lastObserver).ToString(CultureInfo.InvariantCulture);
        var id = GrainId.Create(ObserverTarget.GrainType, number);
        if (!_observers.TryAdd((typeof(TGrainObserverInterface), obj), id))
            throw new ArgumentException("This object already has a reference of that type; delete it before another one is made.", nameof(obj));

        silo.Catalog.Add(new ObserverTarget(id, obj, silo));
        return (TGrainObserverInterface)silo.References.Typed(id, typeof(TGrainObserverInterface));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference reference) Delete(reference.GrainId);
        else if (_observers.TryGetValue((typeof(TGrainObserverInterface), obj), out var id)) Delete(id);
        else throw new ArgumentException("No reference was made for this object.", nameof(obj));
    }

    private static IdSpan StringKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return IdSpan.Create(key);
    }

    private object Reference(Type interfaceType, IdSpan key, string? classNamePrefix) =>
        silo.References.Typed(GrainId.Create(silo.Classes.Implementing(interfaceType, classNamePrefix), key), interfaceType);

    private void Delete(GrainId id)
    {
        silo.Catalog.RemoveObserver(id);
        foreach (var (key, known) in _observers)
        {
            if (known == id) _observers.TryRemove(key, out _);
        }
    }

    /// <summary>Observers are told apart by object, also when their class defines equality.</summary>
    private sealed class ObserverIdentity : IEqualityComparer<(Type Interface, IGrainObserver Observer)>
    {
        public static readonly ObserverIdentity Instance = new();

        public bool Equals((Type Interface, IGrainObserver Observer) x, (Type Interface, IGrainObserver Observer) y) =>
            x.Interface == y.Interface && ReferenceEquals(x.Observer, y.Observer);

        public int GetHashCode((Type Interface, IGrainObserver Observer) obj) =>
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.Observer);
    }
}
