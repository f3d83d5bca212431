using System.Diagnostics;
using HyperOpt.PostgreSql;
using HyperOpt.Spaces;
using Npgsql;
using Xunit;

namespace HyperOpt.Storage.Tests.PostgreSql;

/// <summary>What goes wrong is said clearly, and without the password.</summary>
public sealed class PostgreSqlErrorTests(PostgreSqlCluster cluster)
{
    private const string Secret = "xyzzy-4711-plugh";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData($"postgres://tuner:{Secret}@db.example/studies?sslmode=require")]
    [InlineData($"postgres://tuner:{Secret}@db.example/studies")]
    [InlineData($"Host=db.example;Password={Secret};Colour=blue")]
    [InlineData($"Host=db.example;{Secret}=1")]
    [InlineData($"Host=db.example;Port={Secret}")]
    [InlineData($"Host=db.example;SSL Mode={Secret}")]
    [InlineData($"Host=db.example;Password='{Secret}")]
    [InlineData(Secret)]
    public void AConnectionStringThatCannotBeReadIsNotRepeated(string connectionString)
    {
        var error = Assert.Throws<ArgumentException>(() => new PostgreSqlStorage(connectionString));
        AssertNoSecret(error);
        Assert.Contains("Host=", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1", "127.0.0.1:1")]
    [InlineData("Host=no-such-host.invalid", "no-such-host.invalid:5432")]
    [InlineData("Host=/no/such/folder", "/no/such/folder")]
    public async Task AServerThatIsNotThereIsNamedAtOnce(string place, string name)
    {
        await using var storage = new PostgreSqlStorage($"{place};Username=tuner;Password={Secret};Database=studies");
        var clock = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<IOException>(async () => await storage.OpenAsync("study", OpenMode.OpenOrCreate, Token));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "A server that was never reached is not waited for.");
        AssertNoSecret(error);
    }

    [Fact]
    public async Task AWrongPasswordIsSaidAndNotRepeated()
    {
        await using var storage = new PostgreSqlStorage(With(builder => builder.Password = Secret));
        var error = await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await storage.OpenAsync("study", OpenMode.OpenOrCreate, Token));
        Assert.Contains("'postgres'", error.Message, StringComparison.Ordinal);
        AssertNoSecret(error);
    }

    [Fact]
    public async Task AMissingDatabaseIsNamed()
    {
        await using var storage = new PostgreSqlStorage(With(builder => builder.Database = "nowhere"));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await storage.ListAsync(Token));
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\"; DROP SCHEMA public; --")]
    [InlineData("1a")]
    [InlineData("ü")]
    [InlineData("a\n")]
    [InlineData("a23456789012345678901234567890123")]
    public void ASchemaHasAPlainName(string schema) => Assert.Throws<ArgumentException>(() => new PostgreSqlStorage("Host=x") { Schema = schema });

    [Fact]
    public async Task ASchemaWithCapitalsIsThatOne()
    {
        await using var storage = cluster.Open("Upper_Case");
        await (await storage.OpenAsync("study", OpenMode.OpenOrCreate, Token)).DisposeAsync();
        Assert.Equal(1L, (await cluster.QueryAsync("SELECT count(*) FROM \"Upper_Case\".hyperopt_studies"))[0][0]);
    }

    [Fact]
    public async Task ANewerVersionIsRefusedByEveryDoor()
    {
        await using var storage = cluster.Open("newer");
        await (await storage.OpenAsync("study", OpenMode.OpenOrCreate, Token)).DisposeAsync();
        await cluster.ExecuteAsync("UPDATE newer.hyperopt_meta SET version = 3");
        foreach (var mode in Enum.GetValues<OpenMode>())
        {
            var error = await Assert.ThrowsAsync<InvalidDataException>(async () => await storage.OpenAsync("study", mode, Token));
            Assert.Contains("version 3", error.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<InvalidDataException>(async () => await storage.ListAsync(Token));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await storage.DeleteAsync("study", Token));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await storage.RenameAsync("study", "other", Token));
    }

    [Fact]
    public async Task TablesOfTheFirstVersionAreBroughtUpToDate()
    {
        await using var storage = cluster.Open("first");
        await using (var log = await storage.OpenAsync("study", OpenMode.OpenOrCreate, Token))
        {
            await log.AppendAsync([new WorkerAlive(DateTimeOffset.UnixEpoch, "w")], Token);
        }

        const string Old = "first.hyperopt_append(bigint, bigint, bigint, bigint, integer, smallint[], smallint[], integer[], integer[], text[])";
        await cluster.ExecuteAsync("DROP PROCEDURE first.hyperopt_append; UPDATE first.hyperopt_meta SET version = 1");
        await cluster.ExecuteAsync($"CREATE FUNCTION {Old} RETURNS integer LANGUAGE sql AS 'SELECT 1'");
        await (await storage.OpenAsync("study", OpenMode.Read, Token)).DisposeAsync();
        Assert.Equal(1, (await cluster.QueryAsync("SELECT version FROM first.hyperopt_meta"))[0][0]);
        await using var again = await storage.OpenAsync("study", OpenMode.Open, Token);
        var slice = await again.AppendAsync([new WorkerAlive(DateTimeOffset.UnixEpoch, "v")], Token);
        Assert.True(slice.IsAccepted);
        Assert.Equal(2, slice.Events.Length);
        Assert.Equal(2, (await cluster.QueryAsync("SELECT version FROM first.hyperopt_meta"))[0][0]);
        Assert.Equal(true, (await cluster.QueryAsync($"SELECT to_regprocedure('{Old}') IS NULL"))[0][0]);
    }

    [Fact]
    public async Task ARoleWithoutPermissionsIsToldSoAndOneThatMayReadReads()
    {
        await using var owner = cluster.Open("guarded");
        await using var log = await owner.OpenAsync("study", OpenMode.OpenOrCreate, Token);
        await log.AppendAsync([new WorkerAlive(DateTimeOffset.UnixEpoch, "w")], Token);
        await cluster.ExecuteAsync($"CREATE ROLE guest LOGIN PASSWORD '{Secret}'");
        await using var guest = new PostgreSqlStorage(AsGuest()) { Schema = "guarded" };
        await AssertRefusedAsync(async () => await guest.ListAsync(Token));
        await using var other = new PostgreSqlStorage(AsGuest()) { Schema = "not_there" };
        await AssertRefusedAsync(async () => await other.OpenAsync("study", OpenMode.OpenOrCreate, Token));

        await cluster.ExecuteAsync("GRANT USAGE ON SCHEMA guarded TO guest; GRANT SELECT ON ALL TABLES IN SCHEMA guarded TO guest");
        await using var reader = await guest.OpenAsync("study", OpenMode.Read, Token);
        Assert.Single((await reader.ReadAsync(Token)).Events.ToArray());
        await using var writer = await guest.OpenAsync("study", OpenMode.Open, Token);
        await AssertRefusedAsync(async () => await writer.AppendAsync([new WorkerAlive(DateTimeOffset.UnixEpoch, "w")], Token));
    }

    [Fact]
    public async Task APermissionLostDuringARunEndsItWithAClearErrorAndLosesNothing()
    {
        await using var owner = cluster.Open("lost_grant");
        await (await owner.OpenAsync("study", OpenMode.OpenOrCreate, Token)).DisposeAsync();
        await cluster.ExecuteAsync(
            $"CREATE ROLE temp LOGIN PASSWORD '{Secret}'; GRANT USAGE ON SCHEMA lost_grant TO temp; GRANT ALL ON ALL TABLES IN SCHEMA lost_grant TO temp");
        await using var storage = new PostgreSqlStorage(With(builder => (builder.Username, builder.Password) = ("temp", Secret))) { Schema = "lost_grant" };
        var x = Parameter.Float("x", 0, 1);
        var study = await Study.OpenAsync(new StudyOptions { Storage = storage, Space = [x] }, Token);
        var run = study.OptimizeAsync(
            async (trial, _) =>
            {
                if (trial.Number == 5)
                {
                    await cluster.ExecuteAsync("REVOKE INSERT ON ALL TABLES IN SCHEMA lost_grant FROM temp");
                }

                return trial.Suggest(x);
            },
            trials: 100,
            Token);
        await AssertRefusedAsync(() => run);
        await cluster.ExecuteAsync("GRANT INSERT ON ALL TABLES IN SCHEMA lost_grant TO temp");
        await study.DisposeAsync();
        await using var again = await Study.OpenAsync(new StudyOptions { Storage = storage, Space = [x] }, Token);
        await again.OptimizeAsync((trial, _) => Task.FromResult(trial.Suggest(x)), new RunOptions { StudyTrials = 10 }, Token);
        Assert.Equal(10, again.Trials.Count);
        Assert.All(again.Trials, trial => Assert.Equal(Trials.TrialState.Completed, trial.State));
    }

    [Fact]
    public async Task ADataSourceStaysItsOwners()
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using (var storage = new PostgreSqlStorage(source) { Schema = "from_source" })
        {
            await (await storage.OpenAsync("study", OpenMode.OpenOrCreate, Token)).DisposeAsync();
        }

        await using var command = source.CreateCommand("SELECT trials FROM from_source.hyperopt_studies");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task TablesThatManyMakeAtOnceAreMadeOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var storage = cluster.Open("race");
            await (await storage.OpenAsync("study", OpenMode.OpenOrCreate, Token)).DisposeAsync();
        })));
        Assert.Equal(1L, (await cluster.QueryAsync("SELECT count(*) FROM race.hyperopt_meta"))[0][0]);
    }

    private static async Task AssertRefusedAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<UnauthorizedAccessException>(call);
        Assert.Contains("permission denied", error.Message, StringComparison.Ordinal);
        AssertNoSecret(error);
    }

    private static void AssertNoSecret(Exception error)
    {
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(PostgreSqlCluster.Password, error.ToString(), StringComparison.Ordinal);
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            Assert.DoesNotContain(Secret, string.Join(';', inner.Data.Values.Cast<object?>()), StringComparison.Ordinal);
        }
    }

    private string AsGuest() => With(builder => (builder.Username, builder.Password) = ("guest", Secret));

    private string With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var builder = new NpgsqlConnectionStringBuilder(cluster.ConnectionString);
        change(builder);
        return builder.ConnectionString;
    }
}
