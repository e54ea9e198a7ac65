# The smallest interpreter in another language: it joins samples by straight lines, and repeats texts.
# One JSON object a line over a Unix socket (docs/submissions.md). Perl's base has no JSON: replies are simple enough.
use strict;
use warnings;
use IO::Socket::UNIX;

my $oracle = IO::Socket::UNIX->new(Type => SOCK_STREAM(), Peer => $ENV{INQUEST_SOCKET}) or die "no oracle: $!";

sub ask {
    my ($line) = @_;
    print $oracle "$line\n";
    $oracle->flush;
    my $reply = <$oracle> // die "the oracle hung up\n";
    die "refused: $reply" if $reply =~ /^\{"error"/;
    return $reply;
}

sub submit {
    my ($description, $code) = @_;
    s/(["\\])/\\$1/g, s/\n/\\n/g for ($description, $code);
    ask(qq({"op":"submit","interpretation":{"description":"$description","code":"$code"}}));
}

ask('{"op":"hello","version":1}');
my $brief = ask('{"op":"brief"}');
if ($brief !~ /"input_type":"float"/) {
    submit('It returns its input unchanged.', "def function(x):\n    return x\n");
    exit;
}

my ($budget) = $brief =~ /"query_budget":(\d+)/;
my ($low, $high) = $brief =~ /"low":(-?[\d.e+-]+),"high":(-?[\d.e+-]+)/;
($low, $high) = (-10, 10) unless defined $low;
my $last = ($budget < 50 ? $budget : 50) - 1;
my @xs = map { $low + ($high - $low) * $_ / ($last || 1) } 0 .. $last;
my ($outputs) = ask('{"op":"query","inputs":[' . join(',', @xs) . ']}') =~ /"outputs":\[(.*?)\]/;
my @ys = split /,/, $outputs;
my @known = grep { $ys[$_] ne 'null' } 0 .. $last;

my $samples_x = join ', ', map { $xs[$_] } @known;
my $samples_y = join ', ', map { $ys[$_] } @known;
submit(
    "It was sampled at " . @known . " inputs, and is close to straight lines between them.",
    "import numpy as np\nXS, YS = [$samples_x], [$samples_y]\ndef function(x):\n    return float(np.interp(x, XS, YS))\n",
);
print "sampled ", scalar(@known), " inputs\n";
