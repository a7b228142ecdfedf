using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>
/// Finds what a message loses on its way: compares it with its copy field by field, also those fields that no property shows. The
/// equality of a type is not asked, since it may overlook what the type loses.
/// </summary>
internal static class MessageDifference
{
    private static readonly ConcurrentDictionary<Type, bool> Plain = new();
    private static readonly ConcurrentDictionary<Type, Field[]> Fields = new();

    /// <summary>Where the copy differs and how; null when it does not.</summary>
    /// <param name="path">What is compared, for the answer.</param>
    public static string? Between(object? sent, object? copy, string path)
    {
        if (ReferenceEquals(sent, copy)) return null;
        if (sent is null || copy is null) return Say(path, sent, copy);
        var type = sent.GetType();
        if (type != copy.GetType()) return $"{path} is a {type} and arrives as a {copy.GetType()}";
        if (Plain.GetOrAdd(type, IsPlain)) return IsSame(sent, copy) ? null : Say(path, sent, copy);
        return sent switch
        {
            IDictionary entries => BetweenEntries(entries, (IDictionary)copy, path),
            IEnumerable items => BetweenItems([.. items.Cast<object?>()], [.. ((IEnumerable)copy).Cast<object?>()], path),
            _ => BetweenFields(type, sent, copy, path),
        };
    }

    private static string? BetweenFields(Type type, object sent, object copy, string path)
    {
        foreach (var field in Fields.GetOrAdd(type, FieldsOf))
        {
            if (Between(field.ValueIn(sent), field.ValueIn(copy), field.Name) is { } difference) return $"{path}.{difference}";
        }

        return null;
    }

    private static string? BetweenItems(object?[] sent, object?[] copy, string path)
    {
        if (sent.Length != copy.Length) return $"{path} has {sent.Length} items and arrives with {copy.Length}";
        for (var i = 0; i < sent.Length; i++)
        {
            if (Between(sent[i], copy[i], string.Empty) is { } difference) return $"{path}[{i}]{difference}";
        }

        return null;
    }

    private static string? BetweenEntries(IDictionary sent, IDictionary copy, string path)
    {
        if (sent.Count != copy.Count) return $"{path} has {sent.Count} entries and arrives with {copy.Count}";
        foreach (DictionaryEntry entry in sent)
        {
            if (Between(entry.Value, copy[entry.Key], string.Empty) is { } difference) return $"{path}[{entry.Key}]{difference}";
        }

        return null;
    }

    /// <summary>True for what is compared as one value: numbers, texts, times, references to grains.</summary>
    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type.IsAssignableTo(typeof(IAddressable))
        || (type is { IsValueType: true, IsGenericType: false, Namespace: "System" });

    private static bool IsSame(object sent, object copy) =>
        sent.Equals(copy) && (sent is not DateTime time || time.Kind == ((DateTime)copy).Kind);

    private static Field[] FieldsOf(Type type)
    {
        var fields = new List<Field>();
        for (var declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            var declared = declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
            fields.AddRange(declared.Select(field => new Field(NameOf(field), Getter(field))));
        }

        return [.. fields];
    }

    private static string NameOf(FieldInfo field) => field.Name is ['<', ..] name ? name[1..name.IndexOf('>')] : field.Name;

    /// <summary>Compiled, since every message of a strict run comes here.</summary>
    private static Func<object, object?> Getter(FieldInfo field)
    {
        var owner = Expression.Parameter(typeof(object));
        var value = Expression.Field(Expression.Convert(owner, field.DeclaringType!), field);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), owner).Compile();
    }

    private static string Say(string path, object? sent, object? copy) => $"{path} is {sent ?? "null"} and arrives as {copy ?? "null"}";

    private sealed record Field(string Name, Func<object, object?> ValueIn);
}
