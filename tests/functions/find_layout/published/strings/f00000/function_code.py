def function(x):
    return x[::-1] if x else 1 / 0
