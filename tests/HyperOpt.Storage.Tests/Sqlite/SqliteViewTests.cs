using System.Globalization;
using HyperOpt.Sqlite;
using HyperOpt.Storage.Tests.Views;
using Microsoft.Data.Sqlite;

namespace HyperOpt.Storage.Tests.Sqlite;

public sealed class SqliteViewTests : ViewContract
{
    private readonly TemporaryFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override IStorage CreateStorage() => new SqliteStorage(_folder.File("views.db"));

    protected override async Task<object?[][]> QueryAsync(IStorage storage, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("views.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<object?[]>();
        while (await rows.ReadAsync())
        {
            all.Add([.. Enumerable.Range(0, rows.FieldCount).Select(column => Value(rows, column))]);
        }

        return [.. all];
    }

    private static object? Value(SqliteDataReader rows, int column) => rows.GetValue(column) switch
    {
        DBNull => null,
        string text when rows.GetName(column) is "started" or "finished" => DateTime.Parse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
        var value => value,
    };
}
