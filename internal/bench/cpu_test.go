package main

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

func TestCPUOfChildren(t *testing.T) {
	before, err := cpuOf(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	// One child ends and is waited for, one goes on.
	if err := exec.Command("sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done").Run(); err != nil {
		t.Fatal(err)
	}
	after, err := cpuOf(os.Getpid())
	if err != nil || after-before < 20*time.Millisecond {
		t.Errorf("a child that ended took %v, %v", after-before, err)
	}
	busy := exec.Command("sh", "-c", "while :; do :; done")
	if err := busy.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = busy.Process.Kill(); _ = busy.Wait() }()
	for range 500 {
		time.Sleep(10 * time.Millisecond)
		now, err := cpuOf(os.Getpid())
		if err != nil {
			t.Fatal(err)
		}
		if now-after > 50*time.Millisecond {
			return
		}
	}
	t.Error("the time of a child that runs is not seen")
}
