;; Finds the tabs and line feeds of `length` bytes at 0, which a step of zeros follows. Their offsets go to `ends`; which
;; of these are line feeds, as indices of `ends`, to `lasts`. Answers how many line feeds there are.
(module
  (memory (export "memory") 1)
  (func (export "findEnds") (param $length i32) (param $ends i32) (param $lasts i32) (result i32)
    (local $at i32) (local $found i32) (local $feeds i32) (local $end i32) (local $last i32) (local $next i32)
    (local $left v128) (local $right v128)
    (local.set $end (local.get $ends))
    (local.set $last (local.get $lasts))
    (loop $step
      (local.set $left (v128.load (local.get $at)))
      (local.set $right (v128.load offset=16 (local.get $at)))
      (local.set $feeds (i32.or
        (i8x16.bitmask (i8x16.eq (local.get $left) (i8x16.splat (i32.const 10))))
        (i32.shl (i8x16.bitmask (i8x16.eq (local.get $right) (i8x16.splat (i32.const 10)))) (i32.const 16))))
      (local.set $found (i32.or (local.get $feeds) (i32.or
        (i8x16.bitmask (i8x16.eq (local.get $left) (i8x16.splat (i32.const 9))))
        (i32.shl (i8x16.bitmask (i8x16.eq (local.get $right) (i8x16.splat (i32.const 9)))) (i32.const 16)))))
      (block $no_feed
        (loop $feed
          (br_if $no_feed (i32.eqz (local.get $feeds)))
          (i32.store (local.get $last) (i32.add
            (i32.shr_u (i32.sub (local.get $end) (local.get $ends)) (i32.const 2))
            (i32.popcnt (i32.and (local.get $found)
              (i32.sub (i32.and (local.get $feeds) (i32.sub (i32.const 0) (local.get $feeds))) (i32.const 1))))))
          (local.set $last (i32.add (local.get $last) (i32.const 4)))
          (local.set $feeds (i32.and (local.get $feeds) (i32.sub (local.get $feeds) (i32.const 1))))
          (br $feed)))
      ;; Eight at once, whether there are so many or not: cheaper than a branch for each. What is too much is overwritten.
      (local.set $next (i32.add (local.get $end) (i32.shl (i32.popcnt (local.get $found)) (i32.const 2))))
      (loop $eight
        (i32.store (local.get $end) (i32.add (local.get $at) (i32.ctz (local.get $found))))
        (local.set $found (i32.and (local.get $found) (i32.sub (local.get $found) (i32.const 1))))
        (i32.store offset=4 (local.get $end) (i32.add (local.get $at) (i32.ctz (local.get $found))))
        (local.set $found (i32.and (local.get $found) (i32.sub (local.get $found) (i32.const 1))))
        (i32.store offset=8 (local.get $end) (i32.add (local.get $at) (i32.ctz (local.get $found))))
        (local.set $found (i32.and (local.get $found) (i32.sub (local.get $found) (i32.const 1))))
        (i32.store offset=12 (local.get $end) (i32.add (local.get $at) (i32.ctz (local.get $found))))
        (local.set $found (i32.and (local.get $found) (i32.sub (local.get $found) (i32.const 1))))
        (i32.store offset=16 (local.get $end) (i32.add (local.get $at) (i32.ctz (local.get $found))))
        (local.set $found (i32.and (local.get $found) (i32.sub (local.get $found) (i32.const 1))))
        (i32.store offset=20 (local.get $end) (i32.add (local.get $at) (i32.ctz (local.get $found))))
        (local.set $found (i32.and (local.get $found) (i32.sub (local.get $found) (i32.const 1))))
        (i32.store offset=24 (local.get $end) (i32.add (local.get $at) (i32.ctz (local.get $found))))
        (local.set $found (i32.and (local.get $found) (i32.sub (local.get $found) (i32.const 1))))
        (i32.store offset=28 (local.get $end) (i32.add (local.get $at) (i32.ctz (local.get $found))))
        (local.set $found (i32.and (local.get $found) (i32.sub (local.get $found) (i32.const 1))))
        (local.set $end (i32.add (local.get $end) (i32.const 32)))
        (br_if $eight (local.get $found)))
      (local.set $end (local.get $next))
      (local.set $at (i32.add (local.get $at) (i32.const 32)))
      (br_if $step (i32.lt_u (local.get $at) (local.get $length))))
    (i32.shr_u (i32.sub (local.get $last) (local.get $lasts)) (i32.const 2))))
